import type { Taps } from "./resample.ts";

/** Weights of consecutive input positions, the first at `start`; positions may lie outside the input. */
export interface TapEntry {
  start: number;
  weights: number[];
}

/**
 * Packs the weights of every output position into one table. Weights outside the input are added to its edge (the
 * border is repeated). Windows lie inside the input unless it is narrower than one.
 */
export function packTaps(entries: TapEntry[], inputSize: number): Taps {
  const longest = entries.reduce((most, { weights }) => Math.max(most, weights.length), 0);
  const groups = Math.ceil(Math.min(longest, inputSize) / 4);
  const window = groups * 4;
  const lastStart = Math.max(0, inputSize - window);
  const starts = new Int32Array(entries.length);
  // In double precision until the end, because several weights may meet on an edge.
  const table = new Float64Array(entries.length * window);
  for (let i = 0; i < entries.length; i++) {
    const { start, weights } = entries[i] as TapEntry;
    const first = clamp(start, 0, lastStart);
    starts[i] = first;
    for (let k = 0; k < weights.length; k++) {
      const tap = clamp(start + k, 0, inputSize - 1) - first;
      const at = 4 * ((tap >> 2) * entries.length + i) + (tap & 3);
      table[at] = (table[at] as number) + (weights[k] as number);
    }
  }
  return { groups, starts, weights: new Float32Array(table) };
}

const rememberedTables = 64;

/** Keeps the tables that were used last, because the photographs of one camera have one size. */
export function rememberTaps(
  compute: (inputSize: number, outputSize: number) => Taps,
): (inputSize: number, outputSize: number) => Taps {
  const tables = new Map<string, Taps>();
  return (inputSize, outputSize) => {
    const key = `${inputSize} ${outputSize}`;
    const taps = tables.get(key) ?? compute(inputSize, outputSize);
    tables.delete(key);
    tables.set(key, taps);
    const [oldest] = tables.keys();
    if (tables.size > rememberedTables && oldest !== undefined) tables.delete(oldest);
    return taps;
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
