import type { DriftReport } from "../schemas/drift-report.ts";
import { classesOf } from "../schemas/inference-record.ts";
import { roundToBin } from "./figures/bins.ts";
import { confidence as confidenceFigure } from "./figures/confidence.ts";
import type { ComparedRecord } from "./figures/figure.ts";
import {
  type AccuracyEstimate,
  estimateAccuracyByConfidence,
  estimateAccuracyByThreshold,
  roundConfidence,
} from "./statistics/estimated-accuracy.ts";
import { canNameSeveral, type JudgedPredictions } from "./window/analysed-window.ts";

/**
 * Estimates how many of the judged answers are right, without labels for it, in two ways. Confidence alone can be
 * several points off where the model is too sure, and estimates nothing that labels count where several classes can be
 * right. Where the reference has labels, a second estimate stands beside it,
 * and the truth is more likely between the two than at either.
 */
export function estimateAccuracy(
  window: JudgedPredictions,
  reference: readonly ComparedRecord[],
): DriftReport["estimated_accuracy"] {
  const { predictions, confidence, isBinned } = window;
  if (confidence === undefined) return null;
  const labelled = reference
    .filter(({ label }) => label !== undefined)
    .map((row) => {
      const percent = roundConfidence(row.confidence);
      return {
        // Values that are tied in the window must be tied here too.
        confidence: isBinned ? roundToBin(percent, confidenceFigure.bins) : percent,
        correct: classesOf(row).includes(row.label ?? ""),
      };
    });
  const right = labelled.filter(({ correct }) => correct).length;
  const byThreshold =
    labelled.length === 0 ? null : estimateAccuracyByThreshold(labelled, confidence.sharesAt, predictions);
  return {
    by_confidence: canNameSeveral(window)
      ? null
      : describe(estimateAccuracyByConfidence(confidence, predictions)),
    by_threshold: byThreshold && describe(byThreshold),
    reference: labelled.length === 0 ? null : right / labelled.length,
  };
}

const describe = ({ value, standardError }: AccuracyEstimate) => ({ value, standard_error: standardError });
