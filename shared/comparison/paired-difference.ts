import type { Estimate } from "../schemas/evaluation-report.ts";

/** Standard normal quantile of 97.5 %. */
const z = 1.959963984540054;

/** Whether each of two versions was right about one photograph. */
export interface Pair {
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
 * Compares two versions on the same photographs. The interval is that of Agresti and Min 2005 ("Simple improved
 * confidence intervals for comparing matched proportions", with a half added to each cell), computed for the effective
 * number of photographs: n over the design effect of patients (Kish 1965).
 */
export function comparePairs(pairs: readonly Pair[]): PairedDifference {
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

function estimateDifference(pairs: readonly Pair[], firstAlone: number, secondAlone: number): Estimate {
  if (pairs.length === 0) return { value: null, low: null, high: null };
  const scale = 1 / computeDesignEffect(pairs);
  const count = pairs.length * scale + 2;
  const first = firstAlone * scale + 0.5;
  const second = secondAlone * scale + 0.5;
  const middle = (second - first) / count;
  const half = (z * Math.sqrt(first + second - (second - first) ** 2 / count)) / count;
  return {
    value: (secondAlone - firstAlone) / pairs.length,
    low: Math.max(-1, middle - half),
    high: Math.min(1, middle + half),
  };
}

/**
 * Variance of the mean difference with patients as clusters, divided by that of independent photographs; at least 1.
 */
function computeDesignEffect(pairs: readonly Pair[]): number {
  const differences = pairs.map((pair) => Number(pair.isSecondRight) - Number(pair.isFirstRight));
  const mean = differences.reduce((sum, value) => sum + value, 0) / pairs.length;
  const ofPatients = new Map<string, number>();
  let independent = 0;
  for (const [index, { patient }] of pairs.entries()) {
    const deviation = (differences[index] ?? 0) - mean;
    ofPatients.set(patient, (ofPatients.get(patient) ?? 0) + deviation);
    independent += deviation ** 2;
  }
  if (independent === 0) return Math.max(1, pairs.length / ofPatients.size);
  const clustered = [...ofPatients.values()].reduce((sum, value) => sum + value ** 2, 0);
  return Math.max(1, clustered / independent);
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
