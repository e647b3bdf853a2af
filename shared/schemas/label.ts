import * as z from "zod";
import { predictionRecordSchema } from "./inference-record.ts";

/** What was answered, as the record of the prediction has it: labels can be counted without reading the log again. */
const labelledPredictionSchema = predictionRecordSchema.pick({
  timestamp_ms: true,
  model: true,
  predicted_class: true,
  predicted_classes: true,
  confidence: true,
  probabilities: true,
  decision: true,
});

/**
 * A clinician's diagnosis of a photograph that was answered: one object of JSON,
 * `labels/date=YYYY-MM-DD/<prediction id>-<revision>.json`, the date being the prediction's (UTC). A correction is an object
 * of its own, so that the history stays.
 */
export const labelRecordSchema = z.object({
  prediction_id: z.uuid(),
  /** Numbers the labels of one prediction from 1; the highest is the one that counts. */
  revision: z.int().positive(),
  /** One of the classes of the version that answered. */
  label: z.string(),
  /** Who says so, as the request's authentication names them, or the file. */
  labelled_by: z.string(),
  source: z.enum(["api", "file"]),
  /** Milliseconds since 1970 at which the label came. */
  labelled_ms: z.int().nonnegative(),
  prediction: labelledPredictionSchema,
});
export type LabelRecord = z.infer<typeof labelRecordSchema>;

/** Body of `POST /predictions/{prediction_id}/label`. */
export const labelRequestSchema = z.strictObject({
  label: z
    .string()
    .min(1)
    .max(200)
    .describe("The diagnosis: one of the classes of the version that answered"),
  labelled_by: z
    .string()
    .regex(/^[^\p{Cc}]{1,200}$/u)
    .optional()
    .describe("Who gave the label, where one caller speaks for several people; the caller is kept beside it"),
});

/** Its answer. */
export const labelAnswerSchema = z.object({
  prediction_id: z.uuid(),
  label: z.string(),
  revision: z
    .int()
    .positive()
    .describe("1 for the first label of the prediction, 2 for its first correction"),
  previous_label: z.string().nullable().describe("What this label corrects; null for the first"),
  predicted_class: z.string().describe("What the service had answered"),
  labelled_by: z.string(),
  labelled_at: z.iso.datetime(),
});
export type LabelAnswer = z.infer<typeof labelAnswerSchema>;
