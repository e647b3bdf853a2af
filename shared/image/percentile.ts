/**
 * The percentile of brightnesses with linear interpolation between the two nearest ranks, as
 * `numpy.percentile` computes it by default (Hyndman and Fan 1996, definition 7). Values are first dealt into
 * bins so that only one bin has to be sorted.
 *
 * @param values each 0..255, at least one
 * @param percent 0..100
 */
export function computePercentile(values: Float32Array, percent: number): number {
  const bins = countBins(values);
  const rank = ((values.length - 1) * percent) / 100;
  const below = valueAtRank(values, bins, Math.floor(rank));
  const above = rank === Math.floor(rank) ? below : valueAtRank(values, bins, Math.floor(rank) + 1);
  return below + (above - below) * (rank - Math.floor(rank));
}

const binsPerUnit = 8;

function countBins(values: Float32Array): Int32Array {
  const counts = new Int32Array(256 * binsPerUnit);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.trunc((values[i] as number) * binsPerUnit);
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/** What stands at `rank`, from 0, once the values are sorted. */
function valueAtRank(values: Float32Array, bins: Int32Array, rank: number): number {
  let bin = 0;
  let before = 0;
  while (before + (bins[bin] as number) <= rank) before += bins[bin++] as number;
  const inBin: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value >= bin / binsPerUnit && value < (bin + 1) / binsPerUnit) inBin.push(value);
  }
  return inBin.sort((a, b) => a - b)[rank - before] as number;
}
