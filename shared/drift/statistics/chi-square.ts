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
 * @param classes to take part although no sample has them change nothing, nor does any order
 * @returns the statistic and its degrees of freedom; 0 of 0 when all values are the same
 */
export function computeChiSquare(reference: readonly string[], current: readonly string[]) {
  assertSamples(reference, current);
  const counts = new Map<string, [number, number]>();
  const count = (values: readonly string[], column: 0 | 1) => {
    for (const value of values) {
      const row = counts.get(value) ?? [0, 0];
      row[column]++;
      counts.set(value, row);
    }
  };
  count(reference, 0);
  count(current, 1);
  const total = reference.length + current.length;
  let statistic = 0;
  for (const [first, second] of counts.values()) {
    const share = (first + second) / total;
    statistic += (first - share * reference.length) ** 2 / (share * reference.length);
    statistic += (second - share * current.length) ** 2 / (share * current.length);
  }
  return { statistic, degreesOfFreedom: counts.size - 1 };
}

/** Probability of a chi-square at least as large (`scipy.stats.chi2.sf`). */
export function computeChiSquareP(statistic: number, degreesOfFreedom: number): number {
  return degreesOfFreedom === 0 ? 1 : upperGamma(degreesOfFreedom / 2, statistic / 2);
}
