import type {
  DriftIndicator,
  DriftReport,
  DriftReportPrediction,
  RecentWindow,
} from "../contracts/drift-report.ts";
import type { PredictionRecord } from "../contracts/inference-record.ts";
import type { DriftRule, DriftThresholds } from "./drift-rule.ts";
import { driftRules } from "./drift-rules.ts";
import { computeRecentWindow, selectRecentPredictions } from "./recent-window.ts";

/** Window and thresholds; the `drift` settings are these. */
export interface DriftReportSettings extends DriftThresholds {
  /** Predictions that the window holds at most. */
  windowSize: number;
  /** Predictions below which nothing is judged. */
  minimumPredictions: number;
  /** A prediction below it counts as one of low confidence, percent. */
  lowConfidencePercent: number;
}

/**
 * Judges the last predictions of the whole service by the drift rules.
 *
 * Drift is detected when at least one indicator drifted. With fewer than `minimumPredictions` the verdict is
 * `insufficient_data`: indicators are measured, none is judged.
 *
 * @param predictions of all sessions, in any order; more than the window holds are allowed
 * @param timestamp when the report is made
 */
export function computeDriftReport(
  predictions: readonly PredictionRecord[],
  settings: DriftReportSettings,
  timestamp: Date,
): DriftReport {
  const recent = selectRecentPredictions(predictions, settings.windowSize);
  const window = computeRecentWindow(recent, settings.lowConfidencePercent);
  const judged = recent.length >= settings.minimumPredictions;
  const indicators = driftRules.map((rule) => computeIndicator(rule, window, settings, judged));
  const driftIndicatorCount = indicators.filter((indicator) => indicator.drifted).length;
  const driftDetected = driftIndicatorCount > 0;
  return {
    verdict: judged ? (driftDetected ? "drift" : "ok") : "insufficient_data",
    drift_timestamp: timestamp.toISOString(),
    drift_detected: driftDetected,
    drift_indicator_count: driftIndicatorCount,
    indicators,
    window: { ...window, ...describeOrigin(recent) },
    settings: {
      window_size: settings.windowSize,
      minimum_predictions: settings.minimumPredictions,
      low_confidence_percent: settings.lowConfidencePercent,
    },
    predictions: recent.map(describePrediction),
  };
}

function computeIndicator(
  rule: DriftRule,
  window: RecentWindow,
  thresholds: DriftThresholds,
  judged: boolean,
): DriftIndicator {
  const value = rule.compute(window);
  const threshold = rule.readThreshold(thresholds);
  const { name, unit, direction } = rule;
  return {
    name,
    value,
    threshold,
    direction,
    unit,
    drifted: judged ? isBeyond(value, threshold, direction) : null,
  };
}

function isBeyond(
  value: number | null,
  threshold: number,
  direction: DriftIndicator["direction"],
): boolean | null {
  if (value === null) return null;
  return direction === "below" ? value < threshold : value > threshold;
}

function describeOrigin(recent: readonly PredictionRecord[]) {
  return {
    first_timestamp_ms: recent[0]?.timestamp_ms ?? null,
    last_timestamp_ms: recent.at(-1)?.timestamp_ms ?? null,
    session_count: new Set(recent.map((prediction) => prediction.session_id)).size,
    model_versions: [...new Set(recent.map(nameModelVersion))].sort(),
  };
}

function describePrediction(prediction: PredictionRecord): DriftReportPrediction {
  const { timestamp_ms, confidence, inference_time_ms, predicted_class } = prediction;
  const model_version = nameModelVersion(prediction);
  return { timestamp_ms, confidence, inference_time_ms, predicted_class, model_version };
}

const nameModelVersion = ({ model }: PredictionRecord) => `${model.name}/${model.version}`;
