import { createHash } from "node:crypto";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

const namespace = "EyeDiseaseClassifier";
const serviceName = "fundus-lambda";

export interface CloudWatchFigure {
  name: string;
  unit: (typeof MetricUnit)[keyof typeof MetricUnit];
  value: number;
}

/** CloudWatch takes 255 characters; the longest prefix is `recent_class_ratio_`. */
const longestLabel = 200;

/**
 * A class name as part of a metric's name, in the printable ASCII characters that CloudWatch takes. A label that has others
 * loses its accents, `_` replaces what is left of them, and the beginning of the label's SHA-256 is appended, so that no two
 * labels share a metric.
 */
export function cloudWatchLabel(label: string): string {
  const plain = label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\x20-\x7e]/gu, "_")
    .slice(0, longestLabel);
  return plain === label ? label : `${plain}-${createHash("sha256").update(label).digest("hex").slice(0, 8)}`;
}

/**
 * Writes figures to stdout as one line of CloudWatch's embedded metric format, from which CloudWatch Logs makes
 * metrics. Dimensions: `service` (fundus-lambda) and `environment` (the ENVIRONMENT setting).
 */
export function emitMetrics(environment: string, figures: readonly CloudWatchFigure[]): void {
  const metrics = new Metrics({ namespace, serviceName, defaultDimensions: { environment } });
  for (const { name, unit, value } of figures) metrics.addMetric(name, unit, value);
  metrics.publishStoredMetrics();
}

/** Emits how many parts of a scheduled job failed, as `drift_job_failed_parts`; 0 shows that the job ran. */
export function emitFailedParts(job: string, failedParts: number, environment: string): void {
  emitMetrics(environment, [{ name: `${job}_job_failed_parts`, unit: MetricUnit.Count, value: failedParts }]);
}
