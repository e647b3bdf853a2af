import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { emitMetrics } from "../../shared/runtime/cloudwatch-metrics.ts";

/** Emits how many parts of the job failed; 0 shows that the job ran. */
export function emitFailedParts(failedParts: number, environment: string): void {
  emitMetrics(environment, [
    { name: "learning_job_failed_parts", unit: MetricUnit.Count, value: failedParts },
  ]);
}
