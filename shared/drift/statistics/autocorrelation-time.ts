const leastRecords = 20;
const longestLag = 100;
/** The sum is estimated from the same few records, and too low as often as too high: chosen by npm run bench -- drift. */
const safety = 1.5;

/**
 * How many records in a row say as much as one independent record: 1 for independent records, more than the number of
 * photographs of a patient where patients come one after another and have different numbers of them. 1 plus twice the
 * sum of the autocorrelations, up to the first that is not positive (Geyer 1992, initial positive sequence).
 *
 * A change of level inside the window counts as correlation, too: such a window is judged late rather than wrongly.
 *
 * @param values in the order of time
 */
export function computeAutocorrelationTime(values: readonly number[]): number {
  const count = values.length;
  if (count < leastRecords) return 1;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const centred = Float64Array.from(values, (value) => value - mean);
  const variance = covarianceAt(centred, 0);
  if (variance < 1e-12 * mean * mean || variance === 0) return 1;
  const longest = Math.min(Math.floor(count / 2), longestLag);
  let time = 1;
  for (let lag = 1; lag <= longest; lag++) {
    // The mean of a sample takes about time / count from every correlation (Kendall 1954).
    const correlation = covarianceAt(centred, lag) / variance + time / count;
    if (correlation <= 0) break;
    time += 2 * correlation;
  }
  return Math.min(1 + safety * (time - 1), count / 2);
}

/** How many independent records would say as much as `count` records of which `time` in a row say as much as one. */
export const countIndependent = (count: number, time: number): number =>
  Math.max(2, Math.floor(count / time));

function covarianceAt(centred: Float64Array, lag: number): number {
  let sum = 0;
  for (let index = lag; index < centred.length; index++) {
    sum += (centred[index] as number) * (centred[index - lag] as number);
  }
  return sum / (centred.length - lag);
}
