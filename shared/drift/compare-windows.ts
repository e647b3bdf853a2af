import type { Language } from "../schemas/language.ts";
import { compareClassMix } from "./figures/class-mix.ts";
import type { Comparison, Uncorrected } from "./figures/comparison.ts";
import type { Figure } from "./figures/figure.ts";
import { listFigures } from "./figures/figures.ts";
import { compareVectors } from "./figures/vectors.ts";
import { computeCommonAutocorrelationTime, countIndependent } from "./statistics/autocorrelation-time.ts";
import { adjustPValues } from "./statistics/benjamini-hochberg.ts";
import { hellinger } from "./statistics/hellinger.ts";
import { computeSharedHistogram } from "./statistics/histogram.ts";
import { jensenShannon } from "./statistics/jensen-shannon.ts";
import { computeKolmogorovSmirnovP, kolmogorovSmirnov } from "./statistics/kolmogorov-smirnov.ts";
import { populationStabilityIndex } from "./statistics/population-stability-index.ts";
import { normedWasserstein } from "./statistics/wasserstein.ts";
import type { ComparedWindow, FigureSample } from "./window/analysed-window.ts";

/** Chance of any alarm in a window where nothing has changed. */
export const falseAlarmRate = 0.05;
/** A certain change by at least this many standard deviations of the reference is drift; a smaller one is a warning. */
const driftDistance = 0.5;

/** Every statistic that says how far apart two samples of a figure are. */
export const scores = [
  kolmogorovSmirnov,
  normedWasserstein,
  populationStabilityIndex,
  jensenShannon,
  hellinger,
] as const;

/**
 * Compares each figure of the current window with the reference, and then whole records.
 *
 * The p-value of a figure is that of its Kolmogorov-Smirnov distance, with as many records as are independent:
 * photographs of one patient come one after another and say little more than one of them. All p-values are corrected
 * together (Benjamini-Hochberg), so that a window without drift raises an alarm in at most `falseAlarmRate` of cases.
 *
 * @param minimumRecords a figure is not compared when fewer records of either window have it
 */
export function compareWindows(
  reference: ComparedWindow,
  current: ComparedWindow,
  { language, minimumRecords }: { language: Language; minimumRecords: number },
): Comparison[] {
  const single = [
    compareClassMix(reference, current, language),
    ...listFigures(reference.labels).map((figure) =>
      compareFigure(figure, reference, current, { language, minimumRecords }),
    ),
  ].filter((comparison) => comparison !== undefined);
  const others = single.length;
  const compared = [...single, ...compareVectors(reference, current, { language, minimumRecords, others })];
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
  reference: ComparedWindow,
  current: ComparedWindow,
  { language, minimumRecords }: { language: Language; minimumRecords: number },
): Uncorrected | undefined {
  const expected = reference.sample(figure);
  const actual = current.sample(figure);
  if (expected === undefined || actual === undefined) return undefined;
  if (Math.min(expected.count, actual.count) < minimumRecords) return undefined;
  const { higher, lower, ...texts } = figure.texts[language];
  const values = Object.fromEntries(
    scores.map(({ name, compute }) => [name, compute(expected.values, actual.values)]),
  );
  const distance = values[normedWasserstein.name] as number;
  const direction = actual.mean >= expected.mean ? "higher" : "lower";
  return {
    name: figure.name,
    unit: figure.unit,
    rank: figure.rank,
    direction,
    reference_mean: expected.mean,
    current_mean: actual.mean,
    scores: values,
    p_value: computeP(values[kolmogorovSmirnov.name] as number, expected, actual),
    isLarge: distance >= driftDistance && direction !== figure.harmless,
    histogram: computeSharedHistogram(expected.values, actual.values),
    happened: direction === "higher" ? higher : lower,
    ...texts,
  };
}

/** Dependent records count as the number of independent ones that would say as much. */
function computeP(distance: number, reference: FigureSample, current: FigureSample): number {
  const time =
    current.ordered === undefined
      ? Math.max(reference.autocorrelationTime, current.autocorrelationTime)
      : computeCommonAutocorrelationTime(reference.autocorrelationTime, current.ordered);
  return computeKolmogorovSmirnovP(
    distance,
    countIndependent(reference.count, time),
    countIndependent(current.count, time),
  );
}
