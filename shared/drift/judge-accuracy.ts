import type { DriftReport } from "../contracts/drift-report.ts";
import type { ComparedRecord } from "./figures/figure.ts";
import {
  type AccuracyEstimate,
  estimateAccuracyByConfidence,
  estimateAccuracyByThreshold,
} from "./statistics/estimated-accuracy.ts";

/**
 * How many answers of the window are right, as two estimates that need no labels of it. By confidence alone the
 * estimate can be several points off where the model is too sure: with labels in the reference a second one stands
 * beside it, and the truth is rather between them than at either.
 */
export function judgeAccuracy(
  current: readonly ComparedRecord[],
  reference: readonly ComparedRecord[],
): DriftReport["estimated_accuracy"] {
  if (current.length === 0) return null;
  const confidences = current.map(({ confidence }) => confidence / 100);
  const labelled = reference
    .filter(({ label }) => label !== undefined)
    .map(({ label, predicted_class, confidence }) => ({
      confidence: confidence / 100,
      correct: label === predicted_class,
    }));
  const right = labelled.filter(({ correct }) => correct).length;
  return {
    by_confidence: describe(estimateAccuracyByConfidence(confidences)),
    by_threshold: labelled.length === 0 ? null : describe(estimateAccuracyByThreshold(labelled, confidences)),
    reference: labelled.length === 0 ? null : right / labelled.length,
  };
}

const describe = ({ value, standardError }: AccuracyEstimate) => ({ value, standard_error: standardError });
