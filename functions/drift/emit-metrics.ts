import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MetricUnit as Unit } from "@aws-lambda-powertools/metrics/types";
import type { DriftReport } from "../../shared/contracts/drift-report.ts";

const namespace = "EyeDiseaseClassifier";
const serviceName = "fundus-lambda";

type Figure = [name: string, unit: Unit, value: number | null];

/**
 * Writes figures as one line of CloudWatch's embedded metric format on stdout, where CloudWatch Logs makes metrics of it.
 * Dimensions: `service` (fundus-lambda) and `environment` (the ENVIRONMENT setting). A figure that is null is left out.
 */
function emit(environment: string, figures: readonly Figure[]): void {
  const metrics = new Metrics({ namespace, serviceName, defaultDimensions: { environment } });
  for (const [name, unit, value] of figures) {
    if (value !== null) metrics.addMetric(name, unit, value);
  }
  metrics.publishStoredMetrics();
}

/** Emits a report's figures under the names that MLflow has. */
export function emitReportMetrics(report: DriftReport, environment: string): void {
  const { window } = report;
  emit(environment, [
    ["drift_detected", MetricUnit.Count, report.drift_detected ? 1 : 0],
    ["drift_indicator_count", MetricUnit.Count, report.drift_indicator_count],
    ["recent_prediction_count", MetricUnit.Count, window.recent_prediction_count],
    ["recent_avg_confidence", MetricUnit.Percent, window.recent_avg_confidence],
    ["recent_std_confidence", MetricUnit.Percent, window.recent_std_confidence],
    ["recent_low_confidence_ratio", MetricUnit.NoUnit, window.recent_low_confidence_ratio],
    ["recent_avg_inference_time_ms", MetricUnit.Milliseconds, window.recent_avg_inference_time_ms],
    ["recent_std_inference_time_ms", MetricUnit.Milliseconds, window.recent_std_inference_time_ms],
    ...Object.entries(window.recent_class_ratio).map<Figure>(([label, ratio]) => [
      `recent_class_ratio_${label}`,
      MetricUnit.NoUnit,
      ratio,
    ]),
  ]);
}

/** Emits how many parts of the job failed; 0 says that the job ran. */
export function emitJobMetrics(failedParts: number, environment: string): void {
  emit(environment, [["drift_job_failed_parts", MetricUnit.Count, failedParts]]);
}
