import type { DriftReport, RecentWindow } from "../../schemas/drift-report.ts";
import type { ComparedRecord } from "../figures/figure.ts";
import { computeMean, computeStandardDeviation } from "../statistics/moments.ts";

export type FigureUnit = "count" | "percent" | "ratio" | "ms" | "none";

/** One figure over the recent window: its name in MLflow, CloudWatch and `GET /metrics`, its unit, its value. */
interface WindowFigure {
  name: Exclude<keyof RecentWindow, "recent_class_ratio">;
  unit: FigureUnit;
  /** Null when the window is empty. */
  compute: (predictions: readonly ComparedRecord[], lowConfidencePercent: number) => number | null;
}

const confidencesOf = (predictions: readonly ComparedRecord[]) => predictions.map((p) => p.confidence);
const timesOf = (predictions: readonly ComparedRecord[]) =>
  predictions.flatMap((p) => p.inference_time_ms ?? []);

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

/** A number of a report as it is sent to MLflow and CloudWatch. */
export interface ReportFigure {
  name: string;
  unit: FigureUnit;
  value: number;
}

/**
 * Every number of a report, without those that an empty window does not have.
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

/**
 * How far each figure is from the reference, and the estimates of how many answers are right. These make charts over
 * time in MLflow; for CloudWatch, where each metric costs money, they are too many.
 */
export function listComparisonFigures(
  { comparisons, estimated_accuracy: estimate }: DriftReport,
  nameLabel: (label: string) => string = (label) => label,
): ReportFigure[] {
  const shares = {
    estimated_accuracy_by_confidence: estimate?.by_confidence?.value,
    estimated_accuracy_by_threshold: estimate?.by_threshold?.value,
  };
  return [
    ...comparisons.flatMap(({ name, scores, adjusted_p_value }): ReportFigure[] => [
      ...Object.entries(scores).map(
        ([score, value]) => ({ name: `drift_${score}_${nameLabel(name)}`, unit: "none", value }) as const,
      ),
      { name: `drift_p_value_${nameLabel(name)}`, unit: "none", value: adjusted_p_value },
    ]),
    ...Object.entries(shares).flatMap(([name, value]): ReportFigure[] =>
      value === undefined ? [] : [{ name, unit: "ratio", value }],
    ),
  ];
}
