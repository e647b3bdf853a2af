import type { DriftReport } from "../schemas/drift-report.ts";
import { classesOf } from "../schemas/inference-record.ts";
import type { ComparedRecord } from "./figures/figure.ts";
import {
  type AccuracyEstimate,
  chooseThreshold,
  describeShare,
  estimateAccuracyByMoments,
} from "./statistics/estimated-accuracy.ts";
import type { AnalysedWindow } from "./window/analysed-window.ts";

/**
 * How many answers of the window are right, as two estimates that need no labels of it. By confidence alone the
 * estimate can be several points off where the model is too sure: with labels in the reference a second one stands
 * beside it, and the truth is rather between them than at either.
 */
export function estimateAccuracy(
  { predictions, confidence }: AnalysedWindow,
  reference: readonly ComparedRecord[],
): DriftReport["estimated_accuracy"] {
  if (confidence === undefined) return null;
  const labelled = reference
    .filter(({ label }) => label !== undefined)
    .map((row) => ({ confidence: row.confidence / 100, correct: classesOf(row).includes(row.label ?? "") }));
  const right = labelled.filter(({ correct }) => correct).length;
  const byThreshold =
    labelled.length === 0
      ? null
      : describeShare(confidence.shareFrom(chooseThreshold(labelled)), predictions);
  return {
    by_confidence: describe(estimateAccuracyByMoments(confidence, predictions)),
    by_threshold: byThreshold && describe(byThreshold),
    reference: labelled.length === 0 ? null : right / labelled.length,
  };
}

const describe = ({ value, standardError }: AccuracyEstimate) => ({ value, standard_error: standardError });
