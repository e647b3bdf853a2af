import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { emitMetrics } from "../../shared/runtime/cloudwatch-metrics.ts";
import type { Decision } from "../../shared/schemas/prediction.ts";

export interface DecidedAnswer {
  decision: Decision;
  /** From the arrival of the request to its answer. */
  answerTimeMs: number;
}

/**
 * Emits the decision on one photograph, 1 for its decision and 0 for the others, and the time that the answer took. So the sum of
 * `decision_ungradable` is the number of ungradable photographs, its average their share, and its sample count the number of all
 * photographs.
 *
 * @param decisions all decisions; a parameter, because this module is loaded on demand and should not load the schemas too
 */
export function emitDecision(
  { decision: decided, answerTimeMs }: DecidedAnswer,
  decisions: readonly Decision[],
  environment: string,
): void {
  const counts = decisions.map((decision) => ({
    name: `decision_${decision}`,
    unit: MetricUnit.Count,
    value: decision === decided ? 1 : 0,
  }));
  const time = { name: "answer_time_ms", unit: MetricUnit.Milliseconds, value: answerTimeMs };
  emitMetrics(environment, [...counts, time]);
}
