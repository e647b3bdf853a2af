import { computeSharedHistogram } from "./histogram.ts";
import type { NumericStatistic } from "./statistic.ts";

/**
 * Jensen-Shannon distance over Sturges bins: the root of the divergence in nats, 0 to sqrt(ln 2) (Lin 1991;
 * `scipy.spatial.distance.jensenshannon` over the bins of Evidently 0.7.23).
 */
export const jensenShannon: NumericStatistic = {
  name: "jensen_shannon",
  compute(reference, current) {
    const { reference: expected, current: actual } = computeSharedHistogram(reference, current);
    const middle = expected.map((share, bin) => (share + (actual[bin] as number)) / 2);
    return Math.sqrt(Math.max(0, (divergence(expected, middle) + divergence(actual, middle)) / 2));
  },
};

/** Kullback-Leibler divergence in nats. */
function divergence(shares: readonly number[], from: readonly number[]): number {
  return shares.reduce(
    (sum, share, bin) => (share === 0 ? sum : sum + share * Math.log(share / (from[bin] as number))),
    0,
  );
}
