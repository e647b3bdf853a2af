import { translateClass } from "../../schemas/class-name.ts";
import type { Language } from "../../schemas/language.ts";
import { computeCommonAutocorrelationTime, countIndependent } from "../statistics/autocorrelation-time.ts";
import { computeChiSquare, computeChiSquareP } from "../statistics/chi-square.ts";
import { computeKolmogorovSmirnovP } from "../statistics/kolmogorov-smirnov.ts";
import type { ComparedWindow } from "../window/analysed-window.ts";
import type { Uncorrected } from "./comparison.ts";

/** A class whose share moved by at least this much is drift; a smaller move is a warning. */
const driftShare = 0.2;

/** From this many independent records on, the chi-square distribution is close enough. */
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
      `the classes are predicted in a different mix: ${label} went from ${from} to ${to}`,
    advice:
      "Ask whether the clinic now sends different patients. If not, look at the picture measures and at the version that " +
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

/**
 * Compares how often each class is predicted, by chi-square. Where several classes can be true of a picture, each is
 * compared on its own, and the one that changed most stands for all (Bonferroni). Records that depend on one another
 * count as fewer.
 *
 * @returns undefined where no answer names a class
 */
export function compareClassMix(
  reference: ComparedWindow,
  current: ComparedWindow,
  language: Language,
): Uncorrected | undefined {
  const shares = (window: ComparedWindow) =>
    new Map(Object.entries(window.classes.counts).map(([name, count]) => [name, count / window.predictions]));
  const [before, after] = [shares(reference), shares(current)];
  const labels = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes = labels.map((label) => ({ label, from: before.get(label) ?? 0, to: after.get(label) ?? 0 }));
  if (changes.length === 0) return undefined;
  const largest = changes.reduce((most, next) =>
    Math.abs(next.to - next.from) > Math.abs(most.to - most.from) ? next : most,
  );
  const { title, happened, advice } = texts[language];
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const test = [reference, current].some(namesSeveral)
    ? compareEach(labels, reference, current)
    : { ...computeChiSquare(reference.classes.counts, current.classes.counts), tests: 1 };
  return {
    name: "class_mix",
    unit: "ratio",
    rank: 3,
    direction: largest.to >= largest.from ? "higher" : "lower",
    reference_mean: largest.from,
    current_mean: largest.to,
    scores: { chi_square: test.statistic },
    p_value: computeP(reference, current, { ...test, changes }),
    isLarge: Math.abs(largest.to - largest.from) >= driftShare,
    histogram: null,
    title,
    happened: happened(
      translateClass(largest.label, language) ?? largest.label,
      percent(largest.from),
      percent(largest.to),
    ),
    advice,
  };
}

/** Whether an answer may name several classes, or none. */
const namesSeveral = ({ classes: { counts }, predictions }: ComparedWindow): boolean =>
  Object.values(counts).reduce((sum, count) => sum + count, 0) !== predictions;

/** The largest chi-square of any class, named against not named. */
function compareEach(labels: readonly string[], reference: ComparedWindow, current: ComparedWindow) {
  const split = ({ classes: { counts }, predictions }: ComparedWindow, label: string) => {
    const named = new Map(Object.entries(counts)).get(label) ?? 0;
    const parts = { named, others: predictions - named };
    return Object.fromEntries(Object.entries(parts).filter(([, count]) => count > 0));
  };
  const statistics = labels.map(
    (label) => computeChiSquare(split(reference, label), split(current, label)).statistic,
  );
  return { statistic: Math.max(...statistics), degreesOfFreedom: 1, tests: labels.length };
}

/**
 * Dependent records count as fewer: the chi-square is divided by the design effect (Rao and Scott 1981, first order).
 * Its distribution is not known for few independent records, so then the share that moved most is judged, by the exact
 * Kolmogorov-Smirnov distribution times the number of classes.
 */
function computeP(
  reference: ComparedWindow,
  current: ComparedWindow,
  {
    statistic,
    degreesOfFreedom,
    tests,
    changes,
  }: { statistic: number; degreesOfFreedom: number; tests: number; changes: readonly Change[] },
): number {
  const time = computeTime(reference.classes, current.classes);
  const independent = countIndependent(current.predictions, time);
  if (independent >= leastForChiSquare)
    return Math.min(1, tests * computeChiSquareP(statistic / time, degreesOfFreedom));
  const distance = Math.max(...changes.map(({ from, to }) => Math.abs(to - from)));
  const p = computeKolmogorovSmirnovP(distance, countIndependent(reference.predictions, time), independent);
  return Math.min(1, p * changes.length);
}

function computeTime(
  reference: ComparedWindow["classes"],
  { ordered, ...current }: ComparedWindow["classes"],
) {
  const usual = reference.autocorrelationTime;
  if (ordered === undefined) return Math.max(usual, current.autocorrelationTime);
  const times = Object.keys(current.counts).map((label) =>
    computeCommonAutocorrelationTime(
      usual,
      ordered.map((named) => (named.includes(label) ? 1 : 0)),
    ),
  );
  return Math.max(usual, ...times);
}
