import { assertSamples } from "./statistic.ts";

export interface SharedHistogram {
  /** One more than there are bins, ascending. */
  edges: number[];
  /** Share of each sample in each bin, 0..1. */
  reference: number[];
  current: number[];
}

/**
 * Counts two samples in the same bins: equal widths from the smallest to the largest value of both, as many as Sturges'
 * rule gives for them together (numpy's `histogram_bin_edges(both, "sturges")`). The last bin holds its right edge.
 */
export function computeSharedHistogram(
  reference: readonly number[],
  current: readonly number[],
): SharedHistogram {
  assertSamples(reference, current);
  const edges = computeEdges(reference, current);
  return { edges, reference: countShares(reference, edges), current: countShares(current, edges) };
}

function computeEdges(reference: readonly number[], current: readonly number[]): number[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sample of [reference, current]) {
    for (const value of sample) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low === high) return [low - 0.5, high + 0.5];
  const width = (high - low) / (Math.log2(reference.length + current.length) + 1);
  const bins = Math.ceil((high - low) / width);
  const step = (high - low) / bins;
  return Array.from({ length: bins + 1 }, (_, index) => (index === bins ? high : low + index * step));
}

function countShares(values: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) {
    const bin = Math.min(findBin(value, edges), counts.length - 1);
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts.map((count) => count / values.length);
}

/** Index of the last edge that is not above the value. */
function findBin(value: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((edges[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
