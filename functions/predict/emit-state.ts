import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { emitMetrics } from "../../shared/runtime/cloudwatch-metrics.ts";
import type { ModelState } from "../../shared/serving/model-service/model-service-types.ts";
import type { TrackerState } from "../../shared/tracking/tracker.ts";

export interface EnvironmentState {
  models: Pick<ModelState, "identity" | "failure" | "registryReachable">;
  tracking: Pick<TrackerState, "mlflow" | "inference_log">;
  /** Of the records that the inference log gave up, those that were emitted before. */
  droppedBefore: number;
  /** The most memory that the process has used, and that of a challenger. */
  peakMemoryBytes: number;
  /** Undefined outside Lambda. */
  memoryLimitMb: number | undefined;
}

/** Writes what the alarms watch as one line of CloudWatch's embedded metric format. */
export function emitState(state: EnvironmentState, environment: string): void {
  const figures = Object.entries(countState(state));
  emitMetrics(
    environment,
    figures.map(([name, value]) => ({ name, unit: MetricUnit.Count, value })),
  );
}

/** The figures by name; each is 0 or 1, a count, or a percentage. */
export function countState(state: EnvironmentState): Record<string, number> {
  const { models, tracking, droppedBefore, peakMemoryBytes, memoryLimitMb } = state;
  const { identity, failure, registryReachable } = models;
  const isOfServer = failure?.isOfServer === true;
  const targets = [tracking.mlflow, tracking.inference_log];
  // What waits for a target that answers is held on purpose, to be sent together.
  const waiting = targets.map(({ status, pending }) => (status === "unreachable" ? pending : 0));
  return {
    model_wanted_version_fails: Number(failure !== undefined && !isOfServer),
    model_registry_fails: Number(isOfServer),
    // Without a registry, which then is never asked, the packaged model is the wanted one.
    model_packaged_answers: Number(identity?.source === "local_file" && registryReachable !== undefined),
    records_waiting: Math.max(...waiting),
    records_dropped: tracking.inference_log.dropped - droppedBefore,
    ...(memoryLimitMb !== undefined && {
      memory_used_percent: Math.round((peakMemoryBytes / (memoryLimitMb * 1024 * 1024)) * 100),
    }),
  };
}
