import type { Language } from "../../contracts/language.ts";
import { computeClassRatio } from "../class-ratio.ts";
import type { Uncorrected } from "../compare-windows.ts";
import { computeAutocorrelationTime, countIndependent } from "../statistics/autocorrelation-time.ts";
import { computeChiSquare, computeChiSquareP } from "../statistics/chi-square.ts";
import { computeKolmogorovSmirnovP } from "../statistics/kolmogorov-smirnov.ts";
import type { ComparedRecord } from "./figure.ts";

/** A class whose share moved by this much is drift, less a warning. */
const driftShare = 0.2;

/** Independent records from which on the distribution of chi-square is near enough. */
const leastForChiSquare = 60;

interface Change {
  label: string;
  /** Share of the class in the reference and now. */
  from: number;
  to: number;
}

const texts = {
  en: {
    title: "Class mix",
    happened: (label: string, from: string, to: string) =>
      `the classes are predicted in another mix: ${label} went from ${from} to ${to}`,
    advice:
      "Ask whether the clinic now sends other patients. If not, look at the picture measures and at the version that " +
      "serves: npm run models.",
  },
  pt: {
    title: "Mistura de classes",
    happened: (label: string, from: string, to: string) =>
      `as classes são preditas em outra proporção: ${label} foi de ${from} para ${to}`,
    advice:
      "Pergunte se a clínica passou a enviar outros pacientes. Se não, veja as medidas das imagens e a versão em uso: " +
      "npm run models.",
  },
};

/** Compares how often each class is predicted, by chi-square. Records that depend on one another count as fewer. */
export function compareClassMix(
  reference: readonly ComparedRecord[],
  current: readonly ComparedRecord[],
  language: Language,
): Uncorrected {
  const expected = reference.map((record) => record.predicted_class);
  const actual = current.map((record) => record.predicted_class);
  const { statistic, degreesOfFreedom } = computeChiSquare(expected, actual);
  const before = computeClassRatio(expected);
  const after = computeClassRatio(actual);
  const labels = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changes = labels.map((label) => ({ label, from: before[label] ?? 0, to: after[label] ?? 0 }));
  const largest = changes.reduce((most, next) =>
    Math.abs(next.to - next.from) > Math.abs(most.to - most.from) ? next : most,
  );
  const { title, happened, advice } = texts[language];
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  return {
    name: "class_mix",
    unit: "ratio",
    rank: 3,
    direction: largest.to >= largest.from ? "higher" : "lower",
    reference_mean: largest.from,
    current_mean: largest.to,
    scores: { chi_square: statistic },
    p_value: computeP(expected, actual, { statistic, degreesOfFreedom, changes }),
    isLarge: Math.abs(largest.to - largest.from) >= driftShare,
    histogram: null,
    title,
    happened: happened(largest.label, percent(largest.from), percent(largest.to)),
    advice,
  };
}

/**
 * Dependent records count as fewer: the chi-square is divided by the design effect (Rao and Scott 1981, first order).
 * Of few independent records its distribution is not known, and the share that moved most is judged instead, by the
 * exact distribution of Kolmogorov-Smirnov times the number of classes.
 */
function computeP(
  reference: readonly string[],
  current: readonly string[],
  {
    statistic,
    degreesOfFreedom,
    changes,
  }: { statistic: number; degreesOfFreedom: number; changes: readonly Change[] },
): number {
  const time = Math.max(
    ...changes.flatMap(({ label }) =>
      [reference, current].map((sample) =>
        computeAutocorrelationTime(sample.map((name) => (name === label ? 1 : 0))),
      ),
    ),
  );
  const independent = countIndependent(current.length, time);
  if (independent >= leastForChiSquare) return computeChiSquareP(statistic / time, degreesOfFreedom);
  const distance = Math.max(...changes.map(({ from, to }) => Math.abs(to - from)));
  const p = computeKolmogorovSmirnovP(distance, countIndependent(reference.length, time), independent);
  return Math.min(1, p * changes.length);
}
