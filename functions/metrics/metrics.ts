import type { DriftReportSettings } from "../../shared/drift/drift-report-settings.ts";
import { nameServingVersion } from "../../shared/drift/summary/hour-summary.ts";
import { ServiceError } from "../../shared/errors/service-error.ts";
import { prefersType } from "../../shared/http/accepted-type.ts";
import { jsonResponse, type Route, textResponse } from "../../shared/http/http-message.ts";
import type { RequestTotals } from "../../shared/inference-log/totals/session-totals.ts";
import { type Pause, remainingMs } from "../../shared/resilience/pause.ts";
import type { InferenceLogRecord, PredictionRecord } from "../../shared/schemas/inference-record.ts";
import type { Metrics } from "../../shared/schemas/metrics.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";
import { computeMetrics } from "./compute-metrics.ts";
import type { RulesReference } from "./read-kept-reference.ts";
import { renderPrometheus } from "./render-prometheus.ts";

/** Rate and mean time cover this much of the log, or less when it holds more than one response reads. */
const windowMs = dayLengthMs;
/** All callers within this time share one reading of the log. */
const keepMs = 5_000;

export interface MetricsDependencies {
  drift: DriftReportSettings;
  /** Records since a moment, without most health checks; only the newest when there are too many for one response. */
  readRecords(period: { sinceMs: number; nowMs: number }): Promise<{
    records: InferenceLogRecord[];
    isComplete: boolean;
  }>;
  /** Counts of all requests since the log began; they never go down. */
  computeTotals(recent: readonly InferenceLogRecord[]): Promise<RequestTotals>;
  readRecentPredictions(options: { limit: number; nowMs: number }): Promise<{ records: PredictionRecord[] }>;
  /** @param servingVersion `name/version` of the newest prediction that is not a challenger's */
  findReference(servingVersion: string | undefined): Promise<RulesReference>;
  uptimeSeconds(): number;
  /** Milliseconds since 1970. */
  now(): number;
}

/** `GET /metrics`: figures of the whole service, read from its inference log; in Prometheus's text format where `Accept` prefers text. */
export function createMetrics(dependencies: MetricsDependencies): Route {
  const { drift, now } = dependencies;
  let kept: Promise<Metrics> | undefined;
  let keeping: Pause | undefined;

  async function read(): Promise<Metrics> {
    const nowMs = now();
    const sinceMs = nowMs - windowMs;
    const [log, recent] = await Promise.all([
      dependencies.readRecords({ sinceMs, nowMs }),
      dependencies.readRecentPredictions({ limit: drift.windowSize, nowMs }),
    ]);
    const oldestMs = log.records[0]?.timestamp_ms ?? nowMs;
    const fromMs = log.isComplete ? sinceMs : oldestMs;
    const [totals, found, earlier] = await Promise.all([
      dependencies.computeTotals([...log.records, ...recent.records]),
      dependencies.findReference(nameServingVersion(recent.records)),
      readEarlier(recent.records[0]?.timestamp_ms ?? nowMs, fromMs),
    ]);
    return computeMetrics({
      totals,
      window: {
        records: log.records,
        fromMs,
        toMs: nowMs,
        complete: log.isComplete,
      },
      recentPredictions: recent.records,
      earlier,
      drift,
      reference: found.reference,
      isReferenceUnread: found.isUnread,
      uptimeSeconds: dependencies.uptimeSeconds(),
    });
  }

  /** What else was recorded while a quiet service gave the answers that drift is judged on; the newest, where it is much. */
  async function readEarlier(firstMs: number, fromMs: number): Promise<InferenceLogRecord[]> {
    if (firstMs >= fromMs) return [];
    const { records } = await dependencies.readRecords({ sinceMs: firstMs, nowMs: fromMs });
    // The log's objects may reach beyond.
    return records.filter(({ timestamp_ms: recordedMs }) => recordedMs < fromMs);
  }

  /** Failures are kept too, so that an unreadable log is not read again for every caller. */
  function readOrKeep(): Promise<Metrics> {
    if (kept === undefined || remainingMs(keeping, now()) === 0) {
      keeping = { startedMs: now(), lengthMs: keepMs };
      kept = read();
    }
    return kept;
  }

  return async ({ event }) => {
    try {
      const figures = await readOrKeep();
      const response = prefersType(event.headers.accept, "text/plain")
        ? textResponse("text/plain; version=0.0.4; charset=utf-8", renderPrometheus(figures))
        : jsonResponse(figures);
      return { ...response, headers: { ...response.headers, vary: "accept" } };
    } catch (error) {
      throw new ServiceError("metrics_unavailable", "The inference log cannot be read at the moment.", {
        status: 503,
        cause: error,
      });
    }
  };
}
