import type { Estimate } from "../schemas/evaluation-report.ts";

/** Standard normal quantile of 97.5 %. */
export const z = 1.959963984540054;

/**
 * A share of independent trials with its 95 % interval (Wilson 1927, "Probable inference, the law of succession, and
 * statistical inference"), which stays within 0..1 and is valid for few trials.
 *
 * @returns null values where there was no trial
 */
export function estimateProportion(successes: number, trials: number): Estimate {
  if (trials === 0) return { value: null, low: null, high: null };
  const share = successes / trials;
  const scale = 1 + z ** 2 / trials;
  const middle = (share + z ** 2 / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  // With no success or no failure the interval ends at exactly 0 or 1; the formula misses that by a rounding error.
  return {
    value: share,
    low: successes === 0 ? 0 : middle - half,
    high: successes === trials ? 1 : middle + half,
  };
}
