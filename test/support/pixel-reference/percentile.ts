const binsPerUnit = 8;

/**
 * The percentile of brightnesses with linear interpolation between the two nearest ranks, as
 * `numpy.percentile` computes it by default (Hyndman and Fan 1996, definition 7). Values are first dealt into
 * bins so that only one bin, or the two with the two ranks, has to be sorted.
 *
 * @param values each 0..255, at least one
 * @param percent 0..100
 */
export function computePercentile(values: Float32Array, percent: number): number {
  const rank = ((values.length - 1) * percent) / 100;
  const lower = Math.floor(rank);
  const upper = Math.ceil(rank);

  const counts = countBins(values);
  const first = findBin(counts, { bin: 0, before: 0 }, lower);
  const last = findBin(counts, first, upper);
  const sorted = collect(values, first.bin, last.bin).sort();
  const below = sorted[lower - first.before] as number;
  const above = sorted[upper - first.before] as number;
  return below + (above - below) * (rank - lower);
}

interface Bin {
  bin: number;
  /** Values in the bins before it. */
  before: number;
}

function countBins(values: Float32Array): Int32Array {
  const counts = new Int32Array(256 * binsPerUnit);
  for (let i = 0; i < values.length; i++) {
    const bin = binOf(values[i] as number);
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

const binOf = (value: number): number => Math.trunc(value * binsPerUnit);

/** The bin with the value that stands at `rank`, from 0, once all are sorted; `from` must not lie behind it. */
function findBin(counts: Int32Array, from: Bin, rank: number): Bin {
  let { bin, before } = from;
  while (before + (counts[bin] as number) <= rank) before += counts[bin++] as number;
  return { bin, before };
}

function collect(values: Float32Array, firstBin: number, lastBin: number): Float32Array {
  const from = firstBin / binsPerUnit;
  const end = (lastBin + 1) / binsPerUnit;
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value >= from && value < end) found.push(value);
  }
  return Float32Array.from(found);
}
