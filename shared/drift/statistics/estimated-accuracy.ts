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

/** Shares of answers, 0..1: whose confidence is above a value, and whose is that value. */
export interface SharesAt {
  above: number;
  tied: number;
}

/** A confidence as answers give it, in percent with two decimals; reference rows may have more. */
export const roundConfidence = (percent: number): number => Math.round(percent * 100) / 100;

/**
 * Accuracy without labels, by a threshold: the confidence that is reached by as many answers of the reference as were
 * right. The share of other answers that reach it estimates how many of them are right (average thresholded confidence,
 * Garg et al. 2022). Of those at the threshold itself, of which a model that is too sure has many, the same part counts
 * as in the reference.
 *
 * @param reference labelled answers with their confidence, in percent; not empty
 * @param sharesAt the shares among the other answers
 * @param count how many other answers there are
 */
export function estimateAccuracyByThreshold(
  reference: readonly { confidence: number; correct: boolean }[],
  sharesAt: (confidence: number) => SharesAt,
  count: number,
): AccuracyEstimate {
  const descending = reference.map(({ confidence }) => confidence).sort((a, b) => b - a);
  const right = reference.filter(({ correct }) => correct).length;
  const threshold = descending[right - 1];
  if (threshold === undefined) return describeShare(0, count);
  const tied = descending.filter((confidence) => confidence === threshold).length;
  const counted = (right - descending.indexOf(threshold)) / tied;
  const shares = sharesAt(threshold);
  return describeShare(Math.min(1, shares.above + counted * shares.tied), count);
}

/** A share with its standard error. */
const describeShare = (value: number, count: number): AccuracyEstimate => ({
  value,
  standardError: Math.sqrt((value * (1 - value)) / count),
});
