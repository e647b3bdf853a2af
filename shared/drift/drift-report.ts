import type {
  DriftIndicator,
  DriftReport,
  DriftReportPrediction,
  RecentWindow,
} from "../contracts/drift-report.ts";
import type { PredictionRecord } from "../contracts/inference-record.ts";
import type { Language } from "../contracts/language.ts";
import { type Comparison, compareWindows } from "./compare-windows.ts";
import { driftRules, pictureRules } from "./drift-rules.ts";
import { judgeAccuracy } from "./judge-accuracy.ts";
import { rankCauses } from "./rank-causes.ts";
import { computeRecentWindow, selectRecentPredictions } from "./recent-window.ts";
import type { ReferenceWindow } from "./reference-window.ts";
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
 * Judges the last predictions of the whole service by the drift rules, and by how far they are from the reference.
 *
 * Drift is detected when at least one indicator drifted or a figure is far from the reference. With fewer than `minimumPredictions` the verdict is
 * `insufficient_data`: indicators are measured, none is judged.
 *
 * @param predictions of all sessions, in any order; more than the window holds are allowed
 * @param timestamp when the report is made
 * @param reference what is usual; without one the rules alone decide
 */
export function computeDriftReport(
  predictions: readonly PredictionRecord[],
  settings: DriftReportSettings,
  timestamp: Date,
  reference?: ReferenceWindow,
): DriftReport {
  const recent = selectRecentPredictions(predictions, settings.windowSize);
  const window = computeRecentWindow(recent, settings.lowConfidencePercent);
  const judged = recent.length >= settings.minimumPredictions;
  const indicators = [
    ...driftRules.map((rule) => computeIndicator(rule, window, recent, settings, judged)),
    ...computePictureIndicators(recent, settings),
  ];
  const comparisons =
    judged && reference !== undefined
      ? compareWindows(reference.rows, recent, {
          language: settings.language,
          minimumRecords: settings.minimumPredictions,
        })
      : [];
  const causes = rankCauses(indicators, comparisons);
  const driftCauses = causes.filter(({ severity }) => severity === "drift");
  const verdict = judged ? (driftCauses.length > 0 ? "drift" : "ok") : "insufficient_data";
  return {
    verdict,
    severity: verdict === "ok" && causes.length > 0 ? "warning" : verdict,
    drift_timestamp: timestamp.toISOString(),
    drift_detected: driftCauses.length > 0,
    drift_indicator_count: driftCauses.length,
    indicators,
    causes,
    reference: reference ? { source: reference.source, prediction_count: reference.rows.length } : null,
    comparisons: comparisons.map(withoutRank),
    estimated_accuracy: judgeAccuracy(recent, reference?.rows ?? []),
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

const withoutRank = ({ rank: _, ...comparison }: Comparison) => comparison;

const nameModelVersion = ({ model }: PredictionRecord) => `${model.name}/${model.version}`;
