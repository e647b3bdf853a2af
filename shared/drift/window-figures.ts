import type { DriftReport, RecentWindow } from "../contracts/drift-report.ts";
import type { PredictionRecord } from "../contracts/inference-record.ts";
import { computeMean, computeStandardDeviation } from "./moments.ts";

export type FigureUnit = "count" | "percent" | "ratio" | "ms" | "none";

/** One figure over the recent window: the name that MLflow, CloudWatch and `GET /metrics` give it, its unit, its value. */
interface WindowFigure {
  name: Exclude<keyof RecentWindow, "recent_class_ratio">;
  unit: FigureUnit;
  /** Null when the window is empty. */
  compute: (predictions: readonly PredictionRecord[], lowConfidencePercent: number) => number | null;
}

const confidencesOf = (predictions: readonly PredictionRecord[]) => predictions.map((p) => p.confidence);
const timesOf = (predictions: readonly PredictionRecord[]) => predictions.map((p) => p.inference_time_ms);

export const windowFigures: readonly WindowFigure[] = [
  { name: "recent_prediction_count", unit: "count", compute: (predictions) => predictions.length },
  {
    name: "recent_avg_confidence",
    unit: "percent",
    compute: (predictions) => computeMean(confidencesOf(predictions)),
  },
  {
    name: "recent_std_confidence",
    unit: "percent",
    compute: (predictions) => computeStandardDeviation(confidencesOf(predictions)),
  },
  {
    name: "recent_low_confidence_ratio",
    unit: "ratio",
    compute: (predictions, lowConfidencePercent) =>
      computeMean(
        confidencesOf(predictions).map((confidence) => (confidence < lowConfidencePercent ? 1 : 0)),
      ),
  },
  {
    name: "recent_avg_inference_time_ms",
    unit: "ms",
    compute: (predictions) => computeMean(timesOf(predictions)),
  },
  {
    name: "recent_std_inference_time_ms",
    unit: "ms",
    compute: (predictions) => computeStandardDeviation(timesOf(predictions)),
  },
];

/** A number of a report, as MLflow and CloudWatch get it. */
export interface ReportFigure {
  name: string;
  unit: FigureUnit;
  value: number;
}

/**
 * Every number of a report; what an empty window does not have is left out.
 *
 * @param nameLabel how a class is written within a name
 */
export function listReportFigures(
  report: DriftReport,
  nameLabel: (label: string) => string = (label) => label,
): ReportFigure[] {
  const { window } = report;
  return [
    { name: "drift_detected", unit: "count", value: report.drift_detected ? 1 : 0 },
    { name: "drift_indicator_count", unit: "count", value: report.drift_indicator_count },
    ...windowFigures.flatMap(({ name, unit }) => {
      const value = window[name];
      return value === null ? [] : [{ name, unit, value } as const];
    }),
    ...Object.entries(window.recent_class_ratio).map(
      ([label, value]) => ({ name: `recent_class_ratio_${nameLabel(label)}`, unit: "ratio", value }) as const,
    ),
    ...report.indicators.flatMap(({ name, unit, value, needs }) =>
      needs !== null && value !== null ? [{ name: `${name}_ratio`, unit, value }] : [],
    ),
  ];
}
