import type {
  EvaluatedPhotograph,
  EvaluationReport,
  SourceClass,
  SourcePair,
  UnansweredPhotograph,
} from "../schemas/evaluation-report.ts";
import { type Answer, groupBy, isRight, shareOf, toAnswers } from "./answers.ts";
import { type BootstrapOptions, estimateByPatient } from "./bootstrap.ts";
import { computeCalibration } from "./calibration.ts";
import { computeOfClass, computeOverall, computePairAuc, countConfusion } from "./figures.ts";

export interface Evaluation {
  model: EvaluationReport["model"];
  labels: readonly string[];
  photographs: readonly EvaluatedPhotograph[];
  unanswered: readonly UnansweredPhotograph[];
  evaluatedAt: Date;
  /** Probability from which on the service calls an answer of this model confident. */
  confidentFrom: number;
  bootstrap?: BootstrapOptions;
}

/**
 * Computes how good a model's answers are over all photographs, for each class and for each source, each figure with
 * its 95 % interval by patient.
 *
 * @throws RangeError when a photograph's class is not one of the labels
 */
export function computeEvaluationReport(evaluation: Evaluation): EvaluationReport {
  const { model, labels, photographs, unanswered, evaluatedAt, confidentFrom } = evaluation;
  const { bootstrap = { replicates: 1000, seed: 1 } } = evaluation;
  const answers = toAnswers(photographs, labels);
  const estimate = <F extends Record<string, number | null>>(
    of: readonly Answer[],
    compute: (answers: readonly Answer[]) => F,
    groupOf?: (answer: Answer) => number | boolean | undefined,
  ) => estimateByPatient(of, compute, bootstrap, groupOf);
  return {
    model,
    evaluated_at: evaluatedAt.toISOString(),
    labels: [...labels],
    photographs: answers.length,
    patients: countPatients(answers),
    patients_named: photographs.some(({ file, patient }) => patient !== file),
    confident_from: confidentFrom,
    overall: estimate(answers, (drawn) => computeOverall(drawn, labels.length, confidentFrom)),
    classes: labels.map((label, index) => ({
      label,
      photographs: answers.filter(({ actual }) => actual === index).length,
      ...estimate(
        answers,
        (drawn) => computeOfClass(drawn, index),
        ({ actual }) => actual === index,
      ),
    })),
    sources: listSourceClasses(answers, labels).map(({ ofCell, ...cell }) => ({
      ...cell,
      ...estimate(ofCell, (drawn) => ({ recall: shareOf(drawn, isRight) })),
    })),
    pairs: listSourcePairs(answers, labels).map(({ ofSource, first, second, ...pair }) => ({
      ...pair,
      ...estimate(
        ofSource,
        (drawn) => ({ auc: computePairAuc(drawn, first, second) }),
        ({ actual }) => (actual === first || actual === second ? actual : undefined),
      ),
    })),
    confusion: countConfusion(answers, labels.length),
    calibration: computeCalibration(answers),
    unanswered: [...unanswered],
  };
}

function listSourceClasses(
  answers: readonly Answer[],
  labels: readonly string[],
): (Omit<SourceClass, "recall"> & { ofCell: Answer[] })[] {
  return listSources(answers).flatMap(([source, ofSource]) =>
    labels.flatMap((label, index) => {
      const ofCell = ofSource.filter(({ actual }) => actual === index);
      const called = labels.map((_, other) => shareOf(ofCell, ({ predicted }) => predicted === other) ?? 0);
      const cell = { source, label, photographs: ofCell.length, patients: countPatients(ofCell), called };
      return ofCell.length === 0 ? [] : [{ ...cell, ofCell }];
    }),
  );
}

function listSourcePairs(answers: readonly Answer[], labels: readonly string[]) {
  return listSources(answers).flatMap(([source, ofSource]) => {
    const present = labels.flatMap((_, index) =>
      ofSource.some(({ actual }) => actual === index) ? [index] : [],
    );
    return present.flatMap((first, order) =>
      present.slice(order + 1).map((second) => {
        const pair: SourcePair["labels"] = [labels[first] as string, labels[second] as string];
        return { source, labels: pair, ofSource, first, second };
      }),
    );
  });
}

const listSources = (answers: readonly Answer[]) =>
  [...groupBy(answers, ({ source }) => source)].sort(([a], [b]) => (a < b ? -1 : 1));

const countPatients = (answers: readonly Answer[]) => new Set(answers.map(({ patient }) => patient)).size;
