import type { Estimate } from "../schemas/evaluation-report.ts";
import { z } from "../statistics/proportion-interval.ts";

/** So many that they decide while the versions differ about hardly any patient: the square of `z`, as in Wilson's interval. */
const imaginedPatients = z ** 2;

/** Whether each of two versions was right about one photograph. */
export interface AnsweredPair {
  /** Id of the patient: photographs of one patient are not independent evidence. */
  patient: string;
  isFirstRight: boolean;
  isSecondRight: boolean;
}

/** How much more often the second version is right than the first. */
export interface PairedDifference {
  pairs: number;
  /** Photographs about which only the first version is right, and those about which only the second is. */
  firstAlone: number;
  secondAlone: number;
  /** Second minus first, -1..1, with its 95 % interval. */
  difference: Estimate;
  /** McNemar's exact test, without regard to patients; null where no photograph distinguishes the versions. */
  pValue: number | null;
}

/**
 * Compares two versions on the same photographs. The interval is the score interval of Tango 1998 ("Equivalence test and
 * confidence interval for the difference in proportions for the paired-sample design"). Where patients have several
 * photographs, it is computed for the effective number of photographs, n over the design effect of patients (Kish 1965),
 * and with Student's t for one degree of freedom less than the effective number of patients: fewer than there are where
 * some have most of the photographs.
 */
export function comparePairs(pairs: readonly AnsweredPair[]): PairedDifference {
  const firstAlone = pairs.filter((pair) => pair.isFirstRight && !pair.isSecondRight).length;
  const secondAlone = pairs.filter((pair) => pair.isSecondRight && !pair.isFirstRight).length;
  return {
    pairs: pairs.length,
    firstAlone,
    secondAlone,
    difference: estimateDifference(pairs, firstAlone, secondAlone),
    pValue: testMcnemar(firstAlone, secondAlone),
  };
}

function estimateDifference(
  pairs: readonly AnsweredPair[],
  firstAlone: number,
  secondAlone: number,
): Estimate {
  if (pairs.length === 0) return { value: null, low: null, high: null };
  const value = (secondAlone - firstAlone) / pairs.length;
  const sizes = countPhotographs(pairs);
  const isClustered = sizes.length < pairs.length;
  if (isClustered && sizes.length === 1) return { value, low: -1, high: 1 };
  // How many photographs are of the same patient as a photograph, itself included.
  const together = sizes.reduce((sum, size) => sum + size ** 2, 0) / pairs.length;
  const patients = pairs.length / together;
  const scale = isClustered ? 1 / computeDesignEffect(pairs, { patients, together }) : 1;
  const quantile = isClustered ? computeStudentQuantile(patients - 1) : z;
  const [count, first, second] = [pairs.length * scale, firstAlone * scale, secondAlone * scale];
  return {
    value,
    low: findLowerEnd(count, first, second, quantile),
    high: -findLowerEnd(count, second, first, quantile),
  };
}

/** The number of photographs of each patient. */
function countPhotographs(pairs: readonly AnsweredPair[]): number[] {
  const counts = new Map<string, number>();
  for (const { patient } of pairs) counts.set(patient, (counts.get(patient) ?? 0) + 1);
  return [...counts.values()];
}

/** The difference, second minus first, below which Tango's score statistic exceeds the quantile. */
function findLowerEnd(count: number, first: number, second: number, quantile: number): number {
  let [low, high] = [-1, (second - first) / count];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    // The chance that the first alone is right, as the likelihood has it under this difference.
    const b = (2 * count - second + first) * middle - second - first;
    const c = -first * middle * (1 - middle);
    const chance = (Math.sqrt(b ** 2 - 8 * count * c) - b) / (4 * count);
    const variance = count * (2 * chance + middle * (1 - middle));
    if (second - first - count * middle > quantile * Math.sqrt(variance)) low = middle;
    else high = middle;
  }
  return low;
}

/** Quantile of 97.5 % (Abramowitz and Stegun 1964, 26.7.5): off by 1 % for 2 degrees, by a tenth for 1. */
function computeStudentQuantile(degrees: number): number {
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3) +
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / (92160 * degrees ** 4)
  );
}

/**
 * Variance of the mean difference with patients as clusters (with the factor G/(G - 1) for G of them), divided by that
 * of independent photographs; at least 1. Few patients about whom the versions differ do not show how alike their
 * photographs are: as many as `imaginedPatients` are added, each with `together` photographs that are judged alike.
 *
 * @param patients the effective number of patients
 * @param together how many photographs are of the same patient as a photograph, on average
 */
function computeDesignEffect(
  pairs: readonly AnsweredPair[],
  { patients, together }: { patients: number; together: number },
): number {
  const differences = pairs.map((pair) => Number(pair.isSecondRight) - Number(pair.isFirstRight));
  const mean = differences.reduce((sum, value) => sum + value, 0) / pairs.length;
  const ofPatients = new Map<string, number>();
  let independent = 0;
  for (const [index, { patient }] of pairs.entries()) {
    const deviation = (differences[index] ?? 0) - mean;
    ofPatients.set(patient, (ofPatients.get(patient) ?? 0) + deviation);
    independent += deviation ** 2;
  }
  const clustered = [...ofPatients.values()].reduce((sum, value) => sum + value ** 2, 0);
  return Math.max(
    1,
    ((patients / (patients - 1)) * clustered + imaginedPatients * together ** 2) /
      (independent + imaginedPatients * together),
  );
}

/**
 * P-value of the exact two-sided test (McNemar 1947). Under its null hypothesis the second version is the right one for
 * each discordant photograph with probability one half. Null without discordant photographs.
 */
export function testMcnemar(firstAlone: number, secondAlone: number): number | null {
  const discordant = firstAlone + secondAlone;
  if (discordant === 0) return null;
  let logChance = -discordant * Math.LN2;
  let tail = 0;
  for (let successes = 0; successes <= Math.min(firstAlone, secondAlone); successes += 1) {
    tail += Math.exp(logChance);
    logChance += Math.log((discordant - successes) / (successes + 1));
  }
  return Math.min(1, 2 * tail);
}
