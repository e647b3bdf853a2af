import type { DriftCause, DriftIndicator } from "../schemas/drift-report.ts";
import type { Comparison } from "./figures/comparison.ts";
import { allRules } from "./rules/drift-rules.ts";

const severities = ["warning", "drift"];

/**
 * Why a window is as it is: drift before warnings, and within each first what explains the rest. Black pictures explain
 * unsure answers, not the other way round. Of two causes of one rank, the one with the smaller p-value comes first.
 */
export function rankCauses(
  indicators: readonly DriftIndicator[],
  comparisons: readonly Comparison[],
): DriftCause[] {
  const ranks = new Map(allRules.map(({ name, rank }) => [name, rank]));
  const byRule = indicators
    .filter((indicator) => indicator.drifted)
    .map(({ name, happened, advice }) => ({
      cause: { name, severity: "drift" as const, happened, advice },
      rank: ranks.get(name) ?? 0,
      p: 0,
    }));
  const byComparison = comparisons.flatMap(({ name, severity, happened, advice, rank, adjusted_p_value }) =>
    severity === "ok" ? [] : [{ cause: { name, severity, happened, advice }, rank, p: adjusted_p_value }],
  );
  return [...byRule, ...byComparison]
    .sort(
      (first, second) =>
        severities.indexOf(second.cause.severity) - severities.indexOf(first.cause.severity) ||
        second.rank - first.rank ||
        first.p - second.p,
    )
    .map(({ cause }) => cause);
}
