import type {
  DriftCause,
  DriftIndicator,
  DriftReport,
  DriftReportPrediction,
  RecentWindow,
} from "../contracts/drift-report.ts";
import type { PredictionRecord } from "../contracts/inference-record.ts";
import type { Language } from "../contracts/language.ts";
import { driftRules, pictureRules } from "./drift-rules.ts";
import { computeRecentWindow, selectRecentPredictions } from "./recent-window.ts";
import type { DriftRule, DriftThresholds } from "./rules/drift-rule.ts";

/** Window and thresholds; the `drift` settings are these. */
export interface DriftReportSettings extends DriftThresholds {
  /** Predictions that the window holds at most. */
  windowSize: number;
  /** Predictions below which nothing is judged. */
  minimumPredictions: number;
  /** A prediction below it counts as one of low confidence, percent. */
  lowConfidencePercent: number;
  /** Of the report's words. */
  language: Language;
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
  const indicators = [
    ...driftRules.map((rule) => computeIndicator(rule, window, recent, settings, judged)),
    ...computePictureIndicators(recent, settings),
  ];
  const driftIndicatorCount = indicators.filter((indicator) => indicator.drifted).length;
  const driftDetected = driftIndicatorCount > 0;
  return {
    verdict: judged ? (driftDetected ? "drift" : "ok") : "insufficient_data",
    drift_timestamp: timestamp.toISOString(),
    drift_detected: driftDetected,
    drift_indicator_count: driftIndicatorCount,
    indicators,
    causes: rankCauses(indicators),
    window: { ...window, ...describeOrigin(recent) },
    settings: {
      window_size: settings.windowSize,
      minimum_predictions: settings.minimumPredictions,
      low_confidence_percent: settings.lowConfidencePercent,
    },
    predictions: recent.map(describePrediction),
  };
}

/**
 * Judges the pictures of the window that were measured: none in a log of earlier versions, and then no such rule is
 * part of the report.
 */
function computePictureIndicators(
  recent: readonly PredictionRecord[],
  settings: DriftReportSettings,
): DriftIndicator[] {
  const measured = recent.filter((record) => record.image_measures !== undefined);
  if (measured.length === 0) return [];
  const window = computeRecentWindow(measured, settings.lowConfidencePercent);
  const judged = measured.length >= settings.minimumPredictions;
  return pictureRules.map((rule) => computeIndicator(rule, window, measured, settings, judged));
}

function computeIndicator(
  rule: DriftRule,
  window: RecentWindow,
  predictions: readonly PredictionRecord[],
  settings: DriftThresholds & { language: Language },
  judged: boolean,
): DriftIndicator {
  const value = rule.compute(window, predictions);
  const threshold = rule.readThreshold(settings);
  const { name, unit, direction } = rule;
  return {
    name,
    value,
    threshold,
    direction,
    unit,
    drifted: judged ? isBeyond(value, threshold, direction) : null,
    needs_image_measures: rule.needs === "image_measures",
    ...rule.texts[settings.language],
  };
}

/** Black pictures explain answers that are unsure, not the other way round. */
function rankCauses(indicators: readonly DriftIndicator[]): DriftCause[] {
  const ranked = [...driftRules, ...pictureRules].sort((first, second) => second.rank - first.rank);
  return ranked.flatMap(({ name }) =>
    indicators
      .filter((indicator) => indicator.name === name && indicator.drifted)
      .map(({ happened, advice }) => ({ name, severity: "drift", happened, advice }) as const),
  );
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
