import { type Counts, countNames } from "../summary/counts.ts";
import { assertSamples, type CategoricalStatistic } from "./statistic.ts";
import { upperGamma } from "./upper-gamma.ts";

/** Chi-square of homogeneity of the two samples, without Yates' correction. */
export const chiSquare: CategoricalStatistic = {
  name: "chi_square",
  appliesTo: "classes",
  threshold: 0,
  source: "Pearson 1900; scipy.stats.chi2_contingency(correction=False)",
  compute: (reference, current) => computeChiSquare(reference, current).statistic,
};

/**
 * @returns the statistic and its degrees of freedom, both 0 when all values are the same; the order of the values does
 *   not matter
 */
export function computeChiSquare(reference: readonly string[], current: readonly string[]) {
  assertSamples(reference, current);
  return computeChiSquareOfCounts(countNames(reference), countNames(current));
}

/** The same, from how often each class occurs. */
export function computeChiSquareOfCounts(reference: Counts, current: Counts) {
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
