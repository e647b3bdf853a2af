import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { type Decision, decisionSchema } from "../../shared/contracts/prediction.ts";
import { emitMetrics } from "../../shared/runtime/cloudwatch-metrics.ts";

/**
 * Emits what was decided of one photograph: 1 for its decision and 0 for the others, so that the sum of `decision_ungradable`
 * says how many there were, its average which share, and its sample count of how many photographs.
 */
export function emitDecision(decided: Decision, environment: string): void {
  emitMetrics(
    environment,
    decisionSchema.options.map((decision) => ({
      name: `decision_${decision}`,
      unit: MetricUnit.Count,
      value: decision === decided ? 1 : 0,
    })),
  );
}
