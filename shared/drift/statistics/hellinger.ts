import { computeSharedHistogram } from "./histogram.ts";
import type { NumericStatistic } from "./statistic.ts";

/** Hellinger distance (1909) over Sturges bins of both samples together: sqrt(1 - sum of sqrt(p q)), 0 to 1. */
export const hellinger: NumericStatistic = {
  name: "hellinger",
  compute(reference, current) {
    const { reference: expected, current: actual } = computeSharedHistogram(reference, current);
    const overlap = expected.reduce((sum, share, bin) => sum + Math.sqrt(share * (actual[bin] as number)), 0);
    return Math.sqrt(Math.max(0, 1 - overlap));
  },
};
