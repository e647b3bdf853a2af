const leastRecords = 20;
const longestLag = 100;
/** A change that leaves fewer values on one side is not a change of level. */
const leastSide = 10;
/** The sum is estimated from the same few records, and too low as often as too high: chosen by npm run bench -- drift. */
const safety = 1.5;

/**
 * How many records in a row say as much as one independent record: 1 for independent records, more than the number of
 * photographs of a patient where patients come one after another and have different numbers of them. 1 plus twice the
 * sum of the autocorrelations, up to the first that is not positive (Geyer 1992, initial positive sequence).
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

/** The reference hides that its rows depend on one another when the window shows so much more of it. */
const hiddenFrom = 1.2;

/**
 * The time that both windows have in common. A change of level inside the current window looks like correlation but is
 * what is sought: its values are first centred on both sides of the place where they differ most. Where they then still
 * depend on one another much more than the reference's, its rows were shuffled, and the window is taken as it is.
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

/** Where the values after differ most from those before: the split with the largest variance between its sides. */
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
