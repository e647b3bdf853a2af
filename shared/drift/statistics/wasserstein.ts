import { computeStandardDeviation } from "./moments.ts";
import { assertSamples, type NumericStatistic } from "./statistic.ts";

/** The least deviation that a distance is divided by, for a reference that never varies; Evidently's floor. */
const leastDeviation = 0.001;

/**
 * First Wasserstein distance between the samples (`scipy.stats.wasserstein_distance`), in standard deviations of the
 * reference, as in Evidently 0.7.23.
 */
export const normedWasserstein: NumericStatistic = {
  name: "wasserstein",
  compute(reference, current) {
    assertSamples(reference, current);
    const deviation = computeStandardDeviation(reference) as number;
    return computeDistance(reference, current) / Math.max(deviation, leastDeviation);
  },
};

/** The area between the two empirical distribution functions. */
function computeDistance(reference: readonly number[], current: readonly number[]): number {
  const first = Float64Array.from(reference).sort();
  const second = Float64Array.from(current).sort();
  const all = Float64Array.from([...first, ...second]).sort();
  let [i, j, area] = [0, 0, 0];
  for (let at = 0; at + 1 < all.length; at++) {
    const value = all[at] as number;
    while (i < first.length && (first[i] as number) <= value) i++;
    while (j < second.length && (second[j] as number) <= value) j++;
    area += Math.abs(i / first.length - j / second.length) * ((all[at + 1] as number) - value);
  }
  return area;
}
