import type { BinnedValues } from "../../schemas/hour-summary.ts";
import { type Bins, findBin, valueOfBin } from "../figures/bins.ts";
import { computeAutocorrelationTime } from "../statistics/autocorrelation-time.ts";
import { computeMean, computeSum } from "../statistics/moments.ts";
import { addCounts } from "./counts.ts";

/** @param values in the order of time; not empty */
export function binValues(values: readonly number[], bins: Bins): BinnedValues {
  const mean = computeMean(values) as number;
  const counts: Record<string, number> = {};
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    const bin = findBin(value, bins);
    counts[bin] = (counts[bin] ?? 0) + 1;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  return {
    count: values.length,
    mean,
    squares: computeSum(values.map((value) => (value - mean) ** 2)),
    minimum,
    maximum,
    autocorrelation_time: computeAutocorrelationTime(values),
    bins: counts,
  };
}

/** Moments are added as in Chan, Golub and LeVeque 1979, so that a small deviation keeps its digits. */
export function mergeBinnedValues(first: BinnedValues, second: BinnedValues): BinnedValues {
  const count = first.count + second.count;
  const share = second.count / count;
  const difference = second.mean - first.mean;
  return {
    count,
    mean: first.mean + difference * share,
    squares: first.squares + second.squares + difference * difference * first.count * share,
    minimum: Math.min(first.minimum, second.minimum),
    maximum: Math.max(first.maximum, second.maximum),
    autocorrelation_time: first.autocorrelation_time * (1 - share) + second.autocorrelation_time * share,
    bins: addCounts(first.bins, second.bins),
  };
}

/** Population standard deviation. */
export const deviationOf = ({ squares, count }: BinnedValues): number => Math.sqrt(squares / count);

/**
 * At most `limit` values, ascending, that are distributed like the binned ones: all of them where they are few, else
 * their quantiles. Each distribution function is off by at most half of 1 / `limit`.
 */
export function listValues({ bins: counts, count }: BinnedValues, bins: Bins, limit: number): number[] {
  const size = Math.min(count, limit);
  const ascending = Object.entries(counts)
    .map(([bin, inBin]) => ({ value: valueOfBin(Number(bin), bins), inBin }))
    .sort((first, second) => first.value - second.value);
  const values: number[] = [];
  let seen = 0;
  for (const { value, inBin } of ascending) {
    seen += inBin;
    while (values.length < size && ((values.length + 0.5) * count) / size < seen) values.push(value);
  }
  return values;
}
