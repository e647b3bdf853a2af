import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MetricUnit as Unit } from "@aws-lambda-powertools/metrics/types";
import type { DriftReport } from "../../shared/contracts/drift-report.ts";
import { type FigureUnit, listReportFigures, type ReportFigure } from "../../shared/drift/window-figures.ts";

const namespace = "EyeDiseaseClassifier";
const serviceName = "fundus-lambda";

const units: Record<FigureUnit, Unit> = {
  count: MetricUnit.Count,
  percent: MetricUnit.Percent,
  ratio: MetricUnit.NoUnit,
  ms: MetricUnit.Milliseconds,
  none: MetricUnit.NoUnit,
};

/**
 * Writes figures as one line of CloudWatch's embedded metric format on stdout, where CloudWatch Logs makes metrics of it.
 * Dimensions: `service` (fundus-lambda) and `environment` (the ENVIRONMENT setting).
 */
function emit(environment: string, figures: readonly ReportFigure[]): void {
  const metrics = new Metrics({ namespace, serviceName, defaultDimensions: { environment } });
  for (const { name, unit, value } of figures) metrics.addMetric(name, units[unit], value);
  metrics.publishStoredMetrics();
}

/** Emits a report's figures under the names that MLflow has. */
export function emitReportMetrics(report: DriftReport, environment: string): void {
  emit(environment, listReportFigures(report));
}

/** Emits how many parts of the job failed; 0 says that the job ran. */
export function emitJobMetrics(failedParts: number, environment: string): void {
  emit(environment, [{ name: "drift_job_failed_parts", unit: "count", value: failedParts }]);
}
