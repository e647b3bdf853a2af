import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { emitMetrics } from "../../shared/runtime/cloudwatch-metrics.ts";
import type { ModelState } from "../../shared/serving/model-service-types.ts";

export interface EnvironmentState {
  models: Pick<ModelState, "identity" | "failure">;
  /** Records that are not yet in S3 or not yet in MLflow. */
  waitingRecords: number;
  /** Records dropped since this environment started. */
  droppedRecords: number;
  /** The most memory that the process has used. */
  peakMemoryBytes: number;
  /** Undefined outside Lambda. */
  memoryLimitMb: number | undefined;
}

/**
 * Writes what the alarms watch as one line of CloudWatch's embedded metric format. Called on a schedule, so that there is a
 * figure every five minutes even when nobody asks for predictions.
 */
export function emitState(state: EnvironmentState, environment: string): void {
  const figures = Object.entries(countState(state));
  emitMetrics(
    environment,
    figures.map(([name, value]) => ({ name, unit: MetricUnit.Count, value })),
  );
}

/** The figures by name; each is 0 or 1, a count, or a percentage. */
export function countState(state: EnvironmentState): Record<string, number> {
  const { models, waitingRecords, droppedRecords, peakMemoryBytes, memoryLimitMb } = state;
  return {
    model_wanted_version_fails: Number(models.failure !== undefined),
    model_packaged_answers: Number(models.identity?.source === "local_file"),
    records_waiting: waitingRecords,
    records_dropped: droppedRecords,
    ...(memoryLimitMb !== undefined && {
      memory_used_percent: Math.round((peakMemoryBytes / (memoryLimitMb * 1024 * 1024)) * 100),
    }),
  };
}
