import { computeMean, computeStandardDeviation } from "../moments.ts";

export interface AccuracyEstimate {
  /** 0..1. */
  value: number;
  /** Standard error of `value` from the number of predictions alone. */
  standardError: number;
}

/**
 * Accuracy without labels, by confidence: the mean probability of the predicted class. Right as far as the
 * probabilities are calibrated (CBPE of NannyML 0.13 without its own calibration).
 *
 * @param confidences probability of the predicted class, 0..1; not empty
 */
export function estimateAccuracyByConfidence(confidences: readonly number[]): AccuracyEstimate {
  const variance = computeMean(confidences.map((confidence) => confidence * (1 - confidence))) as number;
  return {
    value: computeMean(confidences) as number,
    standardError: Math.sqrt(variance / confidences.length),
  };
}

/**
 * Accuracy without labels, by a threshold on confidence that gives the reference its true accuracy: the share of
 * predictions above it (average thresholded confidence, Garg et al. 2022).
 *
 * @param reference confidence, and whether the answer was right; not empty
 * @param confidences of the current window; not empty
 */
export function estimateAccuracyByThreshold(
  reference: readonly { confidence: number; correct: boolean }[],
  confidences: readonly number[],
): AccuracyEstimate {
  const ascending = reference.map(({ confidence }) => confidence).sort((a, b) => a - b);
  const wrong = reference.filter(({ correct }) => !correct).length;
  const threshold = ascending[wrong] ?? Number.POSITIVE_INFINITY;
  const above = confidences.map((confidence): number => (confidence >= threshold ? 1 : 0));
  return {
    value: computeMean(above) as number,
    standardError: (computeStandardDeviation(above) as number) / Math.sqrt(above.length),
  };
}
