/**
 * Sum with Neumaier's compensation (Neumaier 1974): the rounding errors of the additions are carried along and added at
 * the end. A window that alternates between 59.9 and 60.1 then has a mean of exactly 60, and a rule that says "below
 * 60" does not depend on the order of the predictions.
 */
export function computeSum(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Arithmetic mean; null for no values. */
export function computeMean(values: readonly number[]): number | null {
  return values.length === 0 ? null : computeSum(values) / values.length;
}

/**
 * Population standard deviation (divided by n, numpy's default `ddof=0`, which the replaced service used); null for no
 * values, 0 for one.
 */
export function computeStandardDeviation(values: readonly number[]): number | null {
  const mean = computeMean(values);
  if (mean === null) return null;
  return Math.sqrt(computeSum(values.map((value) => (value - mean) ** 2)) / values.length);
}
