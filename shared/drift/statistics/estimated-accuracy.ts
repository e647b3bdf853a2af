import { computeMean } from "../moments.ts";

export interface AccuracyEstimate {
  /** 0..1. */
  value: number;
  /** Standard error of `value` from the number of predictions alone. */
  standardError: number;
}

/**
 * Accuracy without labels, by confidence: the mean probability of the predicted class. It is right as far as the
 * probabilities are calibrated (CBPE of NannyML 0.13 without its own calibration).
 *
 * @param confidences probability of the predicted class, 0..1; not empty
 */
export function estimateAccuracyByConfidence(confidences: readonly number[]): AccuracyEstimate {
  const mean = computeMean(confidences) as number;
  const meanOfSquares = computeMean(confidences.map((confidence) => confidence ** 2)) as number;
  return estimateAccuracyByMoments({ mean, meanOfSquares }, confidences.length);
}

/** The same, from the mean of the confidences and the mean of their squares. */
export function estimateAccuracyByMoments(
  { mean, meanOfSquares }: { mean: number; meanOfSquares: number },
  count: number,
): AccuracyEstimate {
  return { value: mean, standardError: Math.sqrt(Math.max(0, mean - meanOfSquares) / count) };
}

/**
 * Accuracy without labels, by a threshold on confidence: the share of predictions at or above the one that gives the
 * reference its true accuracy (average thresholded confidence, Garg et al. 2022).
 *
 * @param reference confidence, and whether the answer was right; not empty
 * @param confidences of the current window; not empty
 */
export function estimateAccuracyByThreshold(
  reference: readonly { confidence: number; correct: boolean }[],
  confidences: readonly number[],
): AccuracyEstimate {
  const threshold = chooseThreshold(reference);
  const above = confidences.filter((confidence) => confidence >= threshold).length;
  return describeShare(above / confidences.length, confidences.length);
}

/** The confidence that is reached by as many answers of the reference as were right; infinite when none was. */
export function chooseThreshold(reference: readonly { confidence: number; correct: boolean }[]): number {
  const ascending = reference.map(({ confidence }) => confidence).sort((a, b) => a - b);
  const wrong = reference.filter(({ correct }) => !correct).length;
  return ascending[wrong] ?? Number.POSITIVE_INFINITY;
}

/** A share with its standard error. */
export const describeShare = (value: number, count: number): AccuracyEstimate => ({
  value,
  standardError: Math.sqrt((value * (1 - value)) / count),
});
