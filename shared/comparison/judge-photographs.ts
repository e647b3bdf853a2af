import type { ComparisonReport, PhotographComparison } from "../schemas/comparison-report.ts";

type Judgement = Pick<ComparisonReport, "finding" | "verdict">;

/**
 * Judges the second version by a comparison on the same photographs. A version that misses more of one class is not
 * called better for finding more of another.
 */
export function judgePhotographs(
  { accuracy, classes }: PhotographComparison,
  [first, second]: readonly [string, string],
): Judgement {
  const { low, high } = accuracy.difference;
  if (low === null || high === null) {
    return {
      finding: "unknown",
      verdict: `Version ${second} and version ${first} answered no photograph in common.`,
    };
  }
  const missed = classes.filter(({ sensitivity }) => (sensitivity.difference.high ?? 0) < 0);
  const loss = `it finds less of ${missed.map(({ label }) => label).join(", ")}`;
  if (high < 0) {
    return {
      finding: "worse",
      verdict: `Version ${second} is worse than version ${first} on these photographs${missed.length > 0 ? `: ${loss}` : ""}.`,
    };
  }
  const verdict =
    low > 0
      ? `Version ${second} is right more often than version ${first} on these photographs`
      : `Version ${second} and version ${first} cannot be distinguished by how often they are right on these photographs`;
  if (missed.length > 0) return { finding: "unknown", verdict: `${verdict}, but ${loss}.` };
  return { finding: low > 0 ? "better" : "unknown", verdict: `${verdict}.` };
}
