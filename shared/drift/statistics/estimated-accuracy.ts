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
 * @param moments the mean of the confidences, 0..1, and the mean of their squares
 */
export function estimateAccuracyByConfidence(
  { mean, meanOfSquares }: { mean: number; meanOfSquares: number },
  count: number,
): AccuracyEstimate {
  return { value: mean, standardError: Math.sqrt(Math.max(0, mean - meanOfSquares) / count) };
}

/**
 * The threshold for accuracy without labels: the confidence that is reached by as many answers of the reference as were
 * right; infinite when none was. The share of other answers that reach it estimates how many of them are right (average
 * thresholded confidence, Garg et al. 2022).
 */
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
