import { judgeWindow, lastPredictions } from "../../shared/drift/drift-report.ts";
import type { DriftReportSettings } from "../../shared/drift/drift-report-settings.ts";
import type { ReferenceWindow } from "../../shared/drift/reference/reference-window.ts";
import { shareOfDecision } from "../../shared/drift/rules/shares.ts";
import { computeMean } from "../../shared/drift/statistics/moments.ts";
import { selectRecentPredictions } from "../../shared/drift/window/recent-window.ts";
import { windowFigures } from "../../shared/drift/window/window-figures.ts";
import { windowOfRecords } from "../../shared/drift/window/window-of-records.ts";
import type { RequestTotals } from "../../shared/inference-log/totals/session-totals.ts";
import type { RecentWindow } from "../../shared/schemas/drift-report.ts";
import {
  type ErrorRecord,
  type InferenceLogRecord,
  isUngradableRefusal,
  type PredictionRecord,
} from "../../shared/schemas/inference-record.ts";
import { type Metrics, metricsSchema } from "../../shared/schemas/metrics.ts";
import { type Decision, decisionSchema } from "../../shared/schemas/prediction.ts";

/** A part of the inference log, over all sessions. */
export interface MetricsWindow {
  /** Records of any kind, in any order. */
  records: readonly InferenceLogRecord[];
  /** The time that the records cover, milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  /** Whether the records reach back as far as they should. */
  complete: boolean;
}

export interface MetricsInput {
  /** Totals of the whole service since its log began. */
  totals: RequestTotals;
  window: MetricsWindow;
  /** The last predictions over all sessions, as many as drift is judged on. */
  recentPredictions: readonly PredictionRecord[];
  /** What was recorded from the first of these on until the window begins. */
  earlier?: readonly InferenceLogRecord[];
  drift: DriftReportSettings;
  /** What is usual for the version; undefined when it has no reference. */
  reference?: ReferenceWindow | undefined;
  /** Whether that is because the drift job has not looked for it yet. */
  isReferenceUnread?: boolean;
  uptimeSeconds: number;
}

/** Computes the answer of `GET /metrics` from what was read of the log. */
export function computeMetrics(input: MetricsInput): Metrics {
  const { totals, window, recentPredictions, uptimeSeconds } = input;
  return metricsSchema.parse({
    uptime_seconds: uptimeSeconds,
    ...renderTotals(totals),
    ...computePace(window),
    ...countDecisions(window.records),
    ...computeSession(recentPredictions),
    ...computeRecent(input),
    window: {
      from: new Date(window.fromMs).toISOString(),
      to: new Date(window.toMs).toISOString(),
      complete: window.complete,
      session_count: new Set(window.records.map((record) => record.session_id)).size,
    },
  });
}

function renderTotals({ predictions, errors, health_checks: healthChecks }: RequestTotals) {
  const answers = predictions + errors;
  return {
    total_requests: answers + healthChecks,
    total_predictions: predictions,
    total_errors: errors,
    error_rate: answers === 0 ? 0 : (errors / answers) * 100,
  };
}

function computePace({ records, toMs }: MetricsWindow) {
  const requests = records.filter((record) => record.kind === "prediction" || record.kind === "error");
  // Not Math.min(...times): the number of arguments of a call is limited by the stack.
  const firstMs = requests.reduce((first, record) => Math.min(first, record.timestamp_ms), toMs);
  const seconds = Math.max((toMs - firstMs) / 1000, 1);
  return {
    average_response_time_ms: computeMean(requests.map(durationMsOf)),
    requests_per_second: requests.length === 0 ? 0 : requests.length / seconds,
  };
}

/** Under the policy `reject` an ungradable photograph leaves an error record, not a prediction. */
function countDecisions(records: readonly InferenceLogRecord[]) {
  const given = records.flatMap((record): (Decision | undefined)[] => {
    if (record.kind === "prediction") return [record.decision];
    return isUngradableRefusal(record) ? ["ungradable"] : [];
  });
  return prefixKeys(
    "window_decisions_",
    decisionSchema.options.map((decision) => [decision, given.filter((each) => each === decision).length]),
  );
}

const durationMsOf = (record: PredictionRecord | ErrorRecord): number =>
  record.kind === "prediction" ? record.inference_time_ms : record.error_time_ms;

/** Figures of the session that made the newest prediction, from the totals that this prediction carries. */
function computeSession(recentPredictions: readonly PredictionRecord[]) {
  const newest = recentPredictions.reduce<PredictionRecord | undefined>(
    (latest, record) =>
      latest === undefined || record.timestamp_ms >= latest.timestamp_ms ? record : latest,
    undefined,
  );
  if (newest === undefined) {
    return {
      session_name: null,
      session_total_predictions: 0,
      session_avg_inference_time_ms: null,
      session_avg_confidence: null,
    };
  }
  const { predictions, inference_time_ms, confidence, class_counts } = newest.session_totals;
  return {
    session_name: newest.session_name,
    session_total_predictions: predictions,
    session_avg_inference_time_ms: inference_time_ms / predictions,
    session_avg_confidence: confidence / predictions,
    ...prefixKeys(
      "class_dist_",
      Object.entries(class_counts).map(([label, count]) => [label, count / predictions]),
    ),
  };
}

/** Judges by the rules alone: comparing every figure with the reference takes longer than a caller waits. */
function computeRecent(input: MetricsInput) {
  const { recentPredictions: recent, earlier = [], drift, window, isReferenceUnread = false } = input;
  const reference = input.reference && { ...input.reference, limitsAlone: true };
  const records = selectRecentPredictions(recent, drift.windowSize);
  const firstMs = records[0]?.timestamp_ms ?? window.toMs;
  const refusedMs = [...earlier, ...window.records]
    .filter(isUngradableRefusal)
    .map(({ timestamp_ms: atMs }) => atMs)
    .filter((atMs) => atMs >= firstMs);
  const judged = windowOfRecords(records, drift.lowConfidencePercent, refusedMs);
  const report = judgeWindow(judged, drift, new Date(window.toMs), {
    reading: { selection: lastPredictions(drift.windowSize), brokenLines: 0, isComplete: true },
    ...{ reference, isReferenceUnread },
  });
  return {
    ...pickFigures(report.window),
    ...prefixKeys("recent_class_ratio_", Object.entries(report.window.recent_class_ratio)),
    ...computeDecisionRatios(judged.facts.decisions),
    drift_detected: report.drift_detected ? 1 : 0,
    drift_indicator_count: report.drift_indicator_count,
    drift_verdict: report.verdict,
  };
}

/** Shares of each decision among those that are judged; empty where there are none. */
function computeDecisionRatios(counts: Readonly<Record<string, number>>): Record<string, number> {
  const shares = decisionSchema.options.map(
    (decision) => [decision, shareOfDecision(counts, decision)] as const,
  );
  return prefixKeys(
    "recent_decision_ratio_",
    shares.flatMap(([decision, share]) => (share === null ? [] : [[decision, share]])),
  );
}

const pickFigures = (window: RecentWindow) =>
  Object.fromEntries(windowFigures.map(({ name }) => [name, window[name]]));

const prefixKeys = (prefix: string, entries: [string, number][]): Record<string, number> =>
  Object.fromEntries(entries.map(([label, value]) => [`${prefix}${label}`, value]));
