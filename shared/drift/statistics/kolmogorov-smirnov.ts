import { assertSamples, type NumericStatistic } from "./statistic.ts";

/** The exact sum is worth its time up to this many steps; with more, the limit distribution is as good. */
const maximumExactSteps = 4_000_000;

/**
 * Two-sample Kolmogorov-Smirnov: the largest difference between the empirical distribution functions, 0 to 1 (Smirnov
 * 1939; `scipy.stats.ks_2samp`).
 */
export const kolmogorovSmirnov: NumericStatistic = {
  name: "kolmogorov_smirnov",
  compute(reference, current) {
    assertSamples(reference, current);
    const first = Float64Array.from(reference).sort();
    const second = Float64Array.from(current).sort();
    let [i, j, largest] = [0, 0, 0];
    while (i < first.length && j < second.length) {
      const value = Math.min(first[i] as number, second[j] as number);
      while (i < first.length && (first[i] as number) <= value) i++;
      while (j < second.length && (second[j] as number) <= value) j++;
      largest = Math.max(largest, Math.abs(i / first.length - j / second.length));
    }
    return largest;
  },
};

/**
 * Probability of a distance at least as large between two samples of the same distribution without ties: exact where
 * that is quick (Schröer and Trenkler 1995), else by the limit distribution (Kolmogorov 1933).
 */
export function computeKolmogorovSmirnovP(distance: number, firstSize: number, secondSize: number): number {
  const [large, small] = firstSize > secondSize ? [firstSize, secondSize] : [secondSize, firstSize];
  return large * small <= maximumExactSteps
    ? computeExactP(distance, large, small)
    : computeLimitP(distance * Math.sqrt((large * small) / (large + small)));
}

/**
 * Walks the lattice of all orders in which the values of both samples can come. Among the orders of i values of one
 * sample and j of the other, `outside[j]` is the share that has reached the distance. Adding up what is outside keeps
 * small probabilities exact, which 1 minus what is inside would not.
 */
function computeExactP(distance: number, m: number, n: number): number {
  // Distances are multiples of 1 / (m n); rounding must not move one past itself.
  const limit = (Math.round(distance * m * n) - 0.5) / (m * n);
  const isOutside = (i: number, j: number) => Math.abs(i / m - j / n) >= limit;
  const outside = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (isOutside(i, j)) outside[j] = 1;
      else if (i === 0 && j === 0) outside[j] = 0;
      else {
        const fromFirst = i === 0 ? 0 : (outside[j] as number) * i;
        const fromSecond = j === 0 ? 0 : (outside[j - 1] as number) * j;
        outside[j] = (fromFirst + fromSecond) / (i + j);
      }
    }
  }
  return Math.min(1, outside[n] as number);
}

/** 2 times the sum of (-1)^(k-1) exp(-2 k^2 x^2). */
function computeLimitP(x: number): number {
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-17 * Math.abs(sum)) break;
  }
  return Math.min(1, 2 * sum);
}
