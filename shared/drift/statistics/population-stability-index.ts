import { computeSharedHistogram } from "./histogram.ts";
import type { NumericStatistic } from "./statistic.ts";

/**
 * Population stability index: the sum of (p - q) ln(p / q) over Sturges bins (Siddiqi 2006, Credit Risk Scorecards). An
 * empty bin counts as 0.0001, or as a millionth of the smallest share where that is smaller, as in Evidently 0.7.23.
 */
export const populationStabilityIndex: NumericStatistic = {
  name: "psi",
  compute(reference, current) {
    const histogram = computeSharedHistogram(reference, current);
    const expected = fillEmpty(histogram.reference);
    const actual = fillEmpty(histogram.current);
    return expected.reduce((sum, share, bin) => {
      const other = actual[bin] as number;
      return sum + (share - other) * Math.log(share / other);
    }, 0);
  },
};

function fillEmpty(shares: readonly number[]): number[] {
  const smallest = Math.min(...shares.filter((share) => share > 0));
  const floor = smallest <= 0.0001 ? smallest / 1e6 : 0.0001;
  return shares.map((share) => (share === 0 ? floor : share));
}
