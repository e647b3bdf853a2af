import { computeCertainty, orderByProbability } from "../schemas/class-verdicts.ts";
import type { Decision } from "../schemas/prediction.ts";

/** Probability from which an answer counts as confident where a version declares none: the replaced service's limit. */
export const defaultConfidentFrom = 0.7;

/** How far an answer may be relied on. */
export interface Trust {
  decision: Decision;
  /**
   * Labels among which the right one is, with the declared coverage; absent where the version declares no threshold.
   */
  predictionSet?: string[];
}

interface TrustOptions {
  /** False where an input check failed. */
  isGradable: boolean;
  /**
   * Each class has a probability of its own; such answers get no prediction set, because that presumes a single right
   * class.
   */
  isMultiLabel?: boolean;
  /** The certainty from which the answer is confident; below it the service abstains. */
  confidentFrom?: number | undefined;
  /**
   * Labels with at least this probability form the prediction set: split conformal prediction with the score 1 - p
   * (Sadinle, Lei and Wasserman 2019, "Least ambiguous set-valued classifiers with bounded error levels").
   */
  setThreshold?: number | undefined;
}

/**
 * Decides whether an answer is confident, uncertain, or to a photograph that cannot be graded.
 *
 * @param probabilities 0..1 by label
 */
export function decide(
  probabilities: Record<string, number>,
  { isGradable, isMultiLabel = false, confidentFrom = defaultConfidentFrom, setThreshold }: TrustOptions,
): Trust {
  const isConfident = computeCertainty(probabilities, isMultiLabel) >= confidentFrom;
  const answered = isConfident ? "confident" : "uncertain";
  return {
    decision: isGradable ? answered : "ungradable",
    ...(setThreshold !== undefined &&
      !isMultiLabel && { predictionSet: selectSet(probabilities, setThreshold) }),
  };
}

/** Never empty: a set without a label would say nothing, and the likeliest label only adds coverage. */
function selectSet(probabilities: Record<string, number>, threshold: number): string[] {
  return orderByProbability(probabilities)
    .filter(([, probability], index) => index === 0 || probability >= threshold)
    .map(([label]) => label);
}
