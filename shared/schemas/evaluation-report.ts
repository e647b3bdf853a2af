import * as z from "zod";
import type { Decision } from "./prediction.ts";

/** A photograph with its known class and the model's answer. */
export interface EvaluatedPhotograph {
  /** Path as the user knows it. */
  file: string;
  /** Camera, clinic or data set from which it comes. */
  source: string;
  /**
   * Id of the patient. Photographs of one patient are not independent evidence, so intervals are computed by patient.
   */
  patient: string;
  /** Its known class. */
  label: string;
  /** Probability of each class, 0..1, in the order of the model's labels. */
  probabilities: readonly number[];
  /** How far the service would rely on the answer. */
  decision?: Decision | undefined;
}

/** A photograph that the model did not answer. */
export const unansweredPhotographSchema = z.object({ file: z.string(), reason: z.string() });
export type UnansweredPhotograph = z.infer<typeof unansweredPhotographSchema>;

/** A figure with its 95 % interval; each number is null when there is nothing to compute it from. */
export const estimateSchema = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Estimate = z.infer<typeof estimateSchema>;

/** Figures over a set of photographs, all 0..1. */
export const overallFiguresSchema = z.object({
  accuracy: estimateSchema,
  /** Mean over classes of the mean over sources of recall: a large source counts no more than a small one. */
  source_averaged_recall: estimateSchema,
  macro_f1: estimateSchema,
  /** Mean over classes of the area under the curve of that class against all others. */
  macro_auc: estimateSchema,
  /** Expected calibration error, ten bins. */
  calibration_error: estimateSchema,
  /** Share of answers with a confidence of at least `confident_from`. */
  confident_share: estimateSchema,
  /** Share of those answers that were right. */
  confident_accuracy: estimateSchema,
});

export const classFiguresSchema = z.object({
  label: z.string(),
  photographs: z.int(),
  /** Also called sensitivity. */
  recall: estimateSchema,
  specificity: estimateSchema,
  precision: estimateSchema,
  f1: estimateSchema,
  /** Area under the curve of this class against all others. */
  auc: estimateSchema,
});

/** Answers to the photographs of one class from one source. */
export const sourceClassSchema = z.object({
  source: z.string(),
  label: z.string(),
  photographs: z.int(),
  patients: z.int(),
  recall: estimateSchema,
  /** Share of answers for each label, in the order of the labels. */
  called: z.array(z.number()),
});
export type SourceClass = z.infer<typeof sourceClassSchema>;

/** How well two classes are distinguished within one source, where differences between cameras cannot help. */
export const sourcePairSchema = z.object({
  source: z.string(),
  labels: z.tuple([z.string(), z.string()]),
  auc: estimateSchema,
});
export type SourcePair = z.infer<typeof sourcePairSchema>;

/** Answers with `from` < confidence <= `to`. */
export const calibrationBinSchema = z.object({
  from: z.number(),
  to: z.number(),
  photographs: z.int(),
  /** Means over the bin; null when it is empty. */
  confidence: z.number().nullable(),
  accuracy: z.number().nullable(),
});
export type CalibrationBin = z.infer<typeof calibrationBinSchema>;

export const evaluationReportSchema = z.object({
  model: z.object({ name: z.string(), version: z.string(), source: z.string(), engine: z.string() }),
  /** ISO 8601. */
  evaluated_at: z.string(),
  labels: z.array(z.string()),
  photographs: z.int(),
  patients: z.int(),
  /** Whether the table named a patient; if not, each photograph counts as one of its own. */
  patients_named: z.boolean(),
  /** Lowest confidence with which an answer counts as confident. */
  confident_from: z.number(),
  overall: overallFiguresSchema,
  classes: z.array(classFiguresSchema),
  sources: z.array(sourceClassSchema),
  pairs: z.array(sourcePairSchema),
  /** Photographs by known class (rows) and answer (columns), in the order of the labels. */
  confusion: z.array(z.array(z.int())),
  calibration: z.array(calibrationBinSchema),
  unanswered: z.array(unansweredPhotographSchema),
});
export type EvaluationReport = z.infer<typeof evaluationReportSchema>;
