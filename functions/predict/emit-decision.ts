import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { emitMetrics } from "../../shared/runtime/cloudwatch-metrics.ts";
import type { Decision } from "../../shared/schemas/prediction.ts";

/**
 * Emits what was decided of one photograph: 1 for its decision and 0 for the others, so that the sum of `decision_ungradable`
 * says how many there were, its average which share, and its sample count of how many photographs.
 *
 * @param decisions all that there are; not imported, so that what is loaded on demand brings no schemas along
 */
export function emitDecision(decided: Decision, decisions: readonly Decision[], environment: string): void {
  emitMetrics(
    environment,
    decisions.map((decision) => ({
      name: `decision_${decision}`,
      unit: MetricUnit.Count,
      value: decision === decided ? 1 : 0,
    })),
  );
}
