import type { Decision } from "../contracts/prediction.ts";

/** Probability from which an answer counts as confident where a version declares none: the replaced service's limit. */
export const defaultConfidentFrom = 0.7;

/** How far an answer may be relied on. */
export interface Trust {
  decision: Decision;
  /** Labels that hold the right one with the declared coverage; absent where the version declares no threshold. */
  predictionSet?: string[];
}

interface TrustOptions {
  /** False where an input check failed. */
  isGradable: boolean;
  /** The highest probability from which the answer is confident; below it the service abstains. */
  confidentFrom?: number | undefined;
  /**
   * Labels with at least this probability form the prediction set: split conformal prediction with the score 1 - p
   * (Sadinle, Lei and Wasserman 2019, "Least ambiguous set-valued classifiers with bounded error levels").
   */
  setThreshold?: number | undefined;
}

/** @param probabilities 0..1 by label */
export function decide(
  probabilities: Record<string, number>,
  { isGradable, confidentFrom = defaultConfidentFrom, setThreshold }: TrustOptions,
): Trust {
  const highest = Math.max(...Object.values(probabilities));
  const answered = highest >= confidentFrom ? "confident" : "uncertain";
  return {
    decision: isGradable ? answered : "ungradable",
    ...(setThreshold !== undefined && { predictionSet: selectSet(probabilities, setThreshold) }),
  };
}

/** Never empty: a set without a label would say nothing, and the likeliest label only adds coverage. */
function selectSet(probabilities: Record<string, number>, threshold: number): string[] {
  const ordered = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  return ordered
    .filter(([, probability], index) => index === 0 || probability >= threshold)
    .map(([label]) => label);
}
