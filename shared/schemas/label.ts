import * as z from "zod";
import { predictionRecordSchema } from "./inference-record.ts";

/**
 * The answer, copied from the record of the prediction, so that labels can be counted without reading the log again.
 */
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
 * A clinician's diagnosis of a photograph that was answered. Each is one object of JSON at
 * `labels/date=YYYY-MM-DD/<prediction id>-<revision>.json`, where the date is that of the prediction (UTC). A
 * correction is an object of its own, which keeps the history.
 */
export const labelRecordSchema = z.object({
  prediction_id: z.uuid(),
  /** Number of the label among those of its prediction, from 1; the highest is the current one. */
  revision: z.int().positive(),
  /** One of the classes of the version that answered. */
  label: z.string(),
  /** Who gave the label, by the authentication of the request, the request itself or the file. */
  labelled_by: z.string(),
  source: z.enum(["api", "file"]),
  /** When the label came, milliseconds since 1970. */
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
    .regex(
      /^(?=.*\S)[^\p{Cc}\p{Cs}\uFFFD]{1,200}$/u,
      "Expected a name of 1 to 200 characters in UTF-8, not blank, without control characters",
    )
    .optional()
    .describe("Who gave the label, where one caller speaks for several people; the caller is kept beside it"),
});

export type LabelRequest = z.infer<typeof labelRequestSchema>;

/** Response body of `POST /predictions/{prediction_id}/label`. */
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
