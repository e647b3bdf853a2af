import type { Taps } from "./resample.ts";

/** Weights of consecutive input positions, the first at `start`; positions may lie outside the input. */
export interface TapEntry {
  start: number;
  weights: number[];
}

/**
 * Packs the weights of every output position into one table. What lies outside the input is moved onto its
 * edge (the border is repeated).
 */
export function packTaps(entries: TapEntry[], inputSize: number): Taps {
  const inside = entries.map((entry) => foldBorder(entry, inputSize));
  const groups = Math.ceil(Math.max(...inside.map(({ weights }) => weights.length)) / 4);
  const weights = new Float32Array(inside.length * groups * 4);
  inside.forEach((entry, i) => {
    weights.set(entry.weights, i * groups * 4);
  });
  return { groups, starts: Int32Array.from(inside, ({ start }) => start), weights };
}

function foldBorder(entry: TapEntry, inputSize: number): TapEntry {
  const clamp = (position: number) => Math.min(Math.max(position, 0), inputSize - 1);
  const first = clamp(entry.start);
  const last = clamp(entry.start + entry.weights.length - 1);
  const weights = new Array<number>(last - first + 1).fill(0);
  entry.weights.forEach((weight, k) => {
    const at = clamp(entry.start + k) - first;
    weights[at] = (weights[at] as number) + weight;
  });
  return { start: first, weights };
}
