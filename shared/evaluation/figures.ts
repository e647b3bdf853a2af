import { type Answer, groupBy, isRight, meanOf, shareOf } from "./answers.ts";
import { computeAreaUnderCurve } from "./area-under-curve.ts";
import { computeCalibrationError } from "./calibration.ts";

/** Figures over a set of answers; see `overallFiguresSchema`. */
export function computeOverall(answers: readonly Answer[], classCount: number, confidentFrom: number) {
  const classes = Array.from({ length: classCount }, (_, index) => computeOfClass(answers, index));
  const confident = answers.filter(({ confidence }) => confidence >= confidentFrom);
  return {
    accuracy: shareOf(answers, isRight),
    source_averaged_recall: meanOf(
      Array.from({ length: classCount }, (_, index) => averageRecallOverSources(answers, index)),
    ),
    macro_f1: meanOf(classes.map(({ f1 }) => f1)),
    macro_auc: meanOf(classes.map(({ auc }) => auc)),
    calibration_error: computeCalibrationError(answers),
    confident_share: answers.length === 0 ? null : confident.length / answers.length,
    confident_accuracy: shareOf(confident, isRight),
  };
}

function averageRecallOverSources(answers: readonly Answer[], index: number): number | null {
  const ofClass = answers.filter(({ actual }) => actual === index);
  return meanOf([...groupBy(ofClass, ({ source }) => source).values()].map((cell) => shareOf(cell, isRight)));
}

/** Figures of one class against all others; null when there is nothing to compute a figure from. */
export function computeOfClass(answers: readonly Answer[], index: number) {
  const ofClass = answers.filter(({ actual }) => actual === index);
  const others = answers.filter(({ actual }) => actual !== index);
  const called = answers.filter(({ predicted }) => predicted === index);
  const recall = shareOf(ofClass, isRight);
  const precision = shareOf(called, isRight);
  return {
    recall,
    specificity: shareOf(others, ({ predicted }) => predicted !== index),
    precision,
    f1: ofClass.length === 0 ? null : harmonicMean(recall ?? 0, precision ?? 0),
    auc: computeAreaUnderCurve(
      answers.map(({ probabilities }) => probabilities[index] as number),
      answers.map(({ actual }) => actual === index),
    ),
  };
}

/** Area under the ROC curve of two classes, whatever the probabilities of the other classes. */
export function computePairAuc(answers: readonly Answer[], first: number, second: number): number | null {
  const either = answers.filter(({ actual }) => actual === first || actual === second);
  return computeAreaUnderCurve(
    either.map(({ probabilities }) =>
      logRatio(probabilities[first] as number, probabilities[second] as number),
    ),
    either.map(({ actual }) => actual === first),
  );
}

/** Photographs by known class (rows) and answer (columns). */
export function countConfusion(answers: readonly Answer[], classCount: number): number[][] {
  const counts = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (const { actual, predicted } of answers) {
    const row = counts[actual] as number[];
    row[predicted] = (row[predicted] as number) + 1;
  }
  return counts;
}

const logRatio = (a: number, b: number) => Math.log(a + Number.MIN_VALUE) - Math.log(b + Number.MIN_VALUE);
const harmonicMean = (a: number, b: number) => (a + b === 0 ? 0 : (2 * a * b) / (a + b));
