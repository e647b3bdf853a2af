import type { DriftComparison } from "../contracts/drift-report.ts";
import type { Language } from "../contracts/language.ts";
import { compareClassMix } from "./figures/class-mix.ts";
import type { ComparedRecord, Figure } from "./figures/figure.ts";
import { listFigures } from "./figures/figures.ts";
import { computeMean } from "./moments.ts";
import { computeAutocorrelationTime, countIndependent } from "./statistics/autocorrelation-time.ts";
import { adjustPValues } from "./statistics/benjamini-hochberg.ts";
import { hellinger } from "./statistics/hellinger.ts";
import { computeSharedHistogram } from "./statistics/histogram.ts";
import { jensenShannon } from "./statistics/jensen-shannon.ts";
import { computeKolmogorovSmirnovP, kolmogorovSmirnov } from "./statistics/kolmogorov-smirnov.ts";
import { populationStabilityIndex } from "./statistics/population-stability-index.ts";
import { normedWasserstein } from "./statistics/wasserstein.ts";

/** Chance of any alarm in a window where nothing has changed. */
export const falseAlarmRate = 0.05;
/** A change by this many standard deviations of the reference is drift, a smaller one that is certain a warning. */
const driftDistance = 0.5;

const scores = [
  kolmogorovSmirnov,
  normedWasserstein,
  populationStabilityIndex,
  jensenShannon,
  hellinger,
] as const;

export type Comparison = DriftComparison & { rank: number };

/** A comparison before the correction for how many there are. */
export type Uncorrected = Omit<Comparison, "adjusted_p_value" | "severity"> & { isLarge: boolean };

/**
 * Compares each figure of the current window with the reference.
 *
 * The p-value of a figure is that of its Kolmogorov-Smirnov distance, with as many records as are independent:
 * photographs of one patient come one after another and say little more than one of them. All p-values are corrected
 * together (Benjamini-Hochberg), so that a window without drift raises an alarm in at most `falseAlarmRate` of cases.
 *
 * @param reference in the order of time, or any
 * @param current in the order of time
 * @param minimumRecords a figure that fewer records of either window have is not compared
 */
export function compareWindows(
  reference: readonly ComparedRecord[],
  current: readonly ComparedRecord[],
  { language, minimumRecords }: { language: Language; minimumRecords: number },
): Comparison[] {
  const labels = [...new Set(reference.flatMap((record) => Object.keys(record.probabilities)))].sort();
  const compared = [
    compareClassMix(reference, current, language),
    ...listFigures(labels).map((figure) =>
      compareFigure(figure, reference, current, { language, minimumRecords }),
    ),
  ].filter((comparison) => comparison !== undefined);
  const adjusted = adjustPValues(compared.map((comparison) => comparison.p_value));
  return compared.map(({ isLarge, ...comparison }, index) => {
    const adjusted_p_value = adjusted[index] as number;
    const isCertain = adjusted_p_value <= falseAlarmRate;
    const severity = !isCertain ? "ok" : isLarge ? "drift" : "warning";
    return { ...comparison, adjusted_p_value, severity };
  });
}

function compareFigure(
  figure: Figure,
  reference: readonly ComparedRecord[],
  current: readonly ComparedRecord[],
  { language, minimumRecords }: { language: Language; minimumRecords: number },
): Uncorrected | undefined {
  const expected = readValues(figure, reference);
  const actual = readValues(figure, current);
  if (Math.min(expected.length, actual.length) < minimumRecords) return undefined;
  const expectedMean = computeMean(expected) as number;
  const actualMean = computeMean(actual) as number;
  const { higher, lower, ...texts } = figure.texts[language];
  const values = Object.fromEntries(scores.map(({ name, compute }) => [name, compute(expected, actual)]));
  const distance = values[normedWasserstein.name] as number;
  return {
    name: figure.name,
    unit: figure.unit,
    rank: figure.rank,
    direction: actualMean >= expectedMean ? "higher" : "lower",
    reference_mean: expectedMean,
    current_mean: actualMean,
    scores: values,
    p_value: computeP(values[kolmogorovSmirnov.name] as number, expected, actual),
    isLarge: distance >= driftDistance,
    histogram: computeSharedHistogram(expected, actual),
    happened: actualMean >= expectedMean ? higher : lower,
    ...texts,
  };
}

function readValues(figure: Figure, records: readonly ComparedRecord[]): number[] {
  return records.map(figure.read).filter((value) => value !== undefined);
}

/** Of dependent records as many count as would say the same if they were independent. */
function computeP(distance: number, reference: readonly number[], current: readonly number[]): number {
  const time = Math.max(computeAutocorrelationTime(reference), computeAutocorrelationTime(current));
  return computeKolmogorovSmirnovP(
    distance,
    countIndependent(reference.length, time),
    countIndependent(current.length, time),
  );
}
