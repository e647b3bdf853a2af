const leastRecords = 20;
const longestLag = 100;
/** A change that leaves fewer values than this on one side is not a change of level. */
const leastSide = 10;
/**
 * Factor on the estimated sum, which comes from the same few records and is too low as often as too high; chosen by npm
 * run bench -- drift.
 */
const safety = 1.5;

/**
 * How many records in a row say as much as one independent record. It is 1 for independent records; where patients come
 * one after another, it is more than the number of photographs per patient if that number varies. The sum is 1 plus
 * twice the autocorrelations before the first that is not positive (after Geyer 1992, initial positive sequence).
 *
 * A change of level inside the window counts as correlation, too.
 *
 * @param values in the order of time
 */
export function computeAutocorrelationTime(values: readonly number[]): number {
  const count = values.length;
  if (count < leastRecords) return 1;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const centred = Float64Array.from(values, (value) => value - mean);
  const variance = covarianceAt(centred, 0);
  if (variance < 1e-12 * mean * mean || variance < 1e-300) return 1;
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

/**
 * A window whose values depend on one another this much more than the reference's shows that the reference was
 * shuffled.
 */
const hiddenFrom = 1.2;

/**
 * The autocorrelation time to use for both windows. A change of level inside the current window looks like correlation,
 * but it is what the comparison looks for, so the window's values are first centred on each side of the place where
 * they differ most. If they still depend on one another much more than the reference's, the rows of the reference were
 * shuffled, and the window is taken as it is.
 */
export function computeCommonAutocorrelationTime(reference: number, current: readonly number[]): number {
  const around = computeAutocorrelationTime(centreAroundChange(current));
  return around > hiddenFrom * reference
    ? Math.max(reference, computeAutocorrelationTime(current))
    : Math.max(reference, around);
}

function centreAroundChange(values: readonly number[]): number[] {
  const place = findLargestChange(values);
  const centre = (part: readonly number[]) => {
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return part.map((value) => value - mean);
  };
  return [...centre(values.slice(0, place)), ...centre(values.slice(place))];
}

/**
 * The place where the values after it differ most from those before: the split with the largest variance between its
 * sides.
 */
function findLargestChange(values: readonly number[]): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  let largest = { place: 0, variance: 0 };
  for (let place = 1; place <= values.length - leastSide; place++) {
    sum += values[place - 1] as number;
    const difference = sum / place - (total - sum) / (values.length - place);
    const variance = (difference ** 2 * place * (values.length - place)) / values.length;
    if (place >= leastSide && variance > largest.variance) largest = { place, variance };
  }
  return largest.place;
}

/**
 * How many independent records would say as much as `count` records, where `time` in a row say as much as one; at least
 * 2.
 */
export const countIndependent = (count: number, time: number): number =>
  Math.max(2, Math.floor(count / time));

function covarianceAt(centred: Float64Array, lag: number): number {
  let sum = 0;
  for (let index = lag; index < centred.length; index++) {
    sum += (centred[index] as number) * (centred[index - lag] as number);
  }
  return sum / (centred.length - lag);
}
