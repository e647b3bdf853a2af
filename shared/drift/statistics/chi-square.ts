import type { Counts } from "../summary/counts.ts";
import { upperGamma } from "./upper-gamma.ts";

/**
 * Chi-square of homogeneity of two samples, without Yates' correction (Pearson 1900;
 * `scipy.stats.chi2_contingency(correction=False)`), from how often each class occurs.
 *
 * @returns the statistic and its degrees of freedom, both 0 when all values are the same
 */
export function computeChiSquare(reference: Counts, current: Counts) {
  const names = new Set([...Object.keys(reference), ...Object.keys(current)]);
  const totalOf = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const [referenceTotal, currentTotal] = [totalOf(reference), totalOf(current)];
  let statistic = 0;
  for (const name of names) {
    const [first, second] = [countOf(reference, name), countOf(current, name)];
    const share = (first + second) / (referenceTotal + currentTotal);
    statistic += (first - share * referenceTotal) ** 2 / (share * referenceTotal);
    statistic += (second - share * currentTotal) ** 2 / (share * currentTotal);
  }
  return { statistic, degreesOfFreedom: names.size - 1 };
}

const countOf = (counts: Counts, name: string) =>
  Object.hasOwn(counts, name) ? (counts[name] as number) : 0;

/** Probability of a chi-square at least as large (`scipy.stats.chi2.sf`). */
export function computeChiSquareP(statistic: number, degreesOfFreedom: number): number {
  return degreesOfFreedom === 0 ? 1 : upperGamma(degreesOfFreedom / 2, statistic / 2);
}
