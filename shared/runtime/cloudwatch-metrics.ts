import { Metrics, type MetricUnit } from "@aws-lambda-powertools/metrics";

const namespace = "EyeDiseaseClassifier";
const serviceName = "fundus-lambda";

export interface CloudWatchFigure {
  name: string;
  unit: (typeof MetricUnit)[keyof typeof MetricUnit];
  value: number;
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
