import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MetricUnit as Unit } from "@aws-lambda-powertools/metrics/types";
import { type FigureUnit, listReportFigures } from "../../shared/drift/window/window-figures.ts";
import { cloudWatchLabel, emitMetrics } from "../../shared/runtime/cloudwatch-metrics.ts";
import type { DriftReport } from "../../shared/schemas/drift-report.ts";

const units: Record<FigureUnit, Unit> = {
  count: MetricUnit.Count,
  percent: MetricUnit.Percent,
  ratio: MetricUnit.NoUnit,
  ms: MetricUnit.Milliseconds,
  none: MetricUnit.NoUnit,
};

/**
 * Emits a report's figures under the same names as in MLflow, as far as CloudWatch takes the names of the classes. Where nobody
 * could judge, `drift_detected` is left out: a 0 would end the alarm on it.
 */
export function emitReportMetrics(report: DriftReport, environment: string): void {
  const isJudged = report.verdict !== "insufficient_data";
  const figures = listReportFigures(report, cloudWatchLabel).filter(
    ({ name }) => isJudged || name !== "drift_detected",
  );
  emitMetrics(
    environment,
    figures.map((figure) => ({ ...figure, unit: units[figure.unit] })),
  );
}
