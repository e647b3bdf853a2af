import type { Decision } from "../../schemas/prediction.ts";
import type { UsualValue } from "./drift-rule.ts";

/** Share of a decision among the answers that carry one; null when none does. */
export function shareOfDecision(
  decisions: Readonly<Record<string, number>>,
  decision: Decision,
): number | null {
  const all = Object.values(decisions).reduce((sum, count) => sum + count, 0);
  return all === 0 ? null : (decisions[decision] ?? 0) / all;
}

/** One prediction's part in a share is 0 or 1 (Bernoulli). */
export const usualShare = (share: number | null): UsualValue => ({
  value: share,
  deviation: share === null ? null : Math.sqrt(share * (1 - share)),
});
