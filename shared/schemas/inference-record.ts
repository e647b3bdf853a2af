import * as z from "zod";
import type { RequestErrorCode } from "../errors/request-error.ts";
import { featureProjectionSchema } from "./feature-projection.ts";
import { imageMeasuresSchema } from "./image-measures.ts";
import { engineNames, modelIdentitySchema } from "./model.ts";
import { armSchema, decisionSchema, imageMetadataSchema, warningCodes } from "./prediction.ts";

/**
 * What a session had done up to and including a record. Every record contains it, so that the session's figures can be
 * written to MLflow from the record alone, any number of times with the same values.
 */
export const sessionTotalsSchema = z.object({
  predictions: z.int().nonnegative(),
  /** Answers that failed. */
  errors: z.int().nonnegative(),
  health_checks: z.int().nonnegative(),
  health_check_errors: z.int().nonnegative(),
  /** Sum over the predictions, in milliseconds. */
  inference_time_ms: z.number().nonnegative(),
  /** Sum over the predictions, in percent. */
  confidence: z.number().nonnegative(),
  /** How many predictions gave each class. */
  class_counts: z.record(z.string(), z.int().nonnegative()),
  /** How many predictions gave each decision; absent in records from before there were decisions. */
  decision_counts: z.partialRecord(decisionSchema, z.int().nonnegative()).optional(),
});
export type SessionTotals = z.infer<typeof sessionTotalsSchema>;

/**
 * Fields of every line of the inference log (`inference-log/date=YYYY-MM-DD/hour=HH/*.jsonl`), the source of truth for
 * what the service did. Names are those written to MLflow.
 */
const base = {
  record_id: z.uuid(),
  /** The session that wrote it: name of its MLflow run (`api_session_<unix seconds>`), and an id that is unique. */
  session_name: z.string(),
  session_id: z.uuid(),
  session_totals: sessionTotalsSchema,
  function_name: z.string(),
  /** Version of this service, and the ENVIRONMENT it ran in. */
  api_version: z.string(),
  environment: z.string(),
  request_id: z.string(),
  /** Milliseconds since 1970. */
  timestamp_ms: z.int().nonnegative(),
  /** Number of the record among those of its kind in its session, from 1. */
  step: z.int().positive(),
};

/** How an A/B test assigned a request. */
export const experimentSchema = z.object({
  /** Version of the model that is tested. */
  challenger_version: z.string(),
  arm: armSchema,
  /** Share of the requests assigned to the challenger, 0..1. */
  share: z.number().min(0).max(1),
  /** Hash of the key that decides the arm: requests with the same key go to the same arm. */
  unit: z.string(),
});
export type AbTestAssignment = z.infer<typeof experimentSchema>;

export const predictionRecordSchema = z.object({
  ...base,
  kind: z.literal("prediction"),
  prediction_id: z.uuid(),
  model: modelIdentitySchema.extend({ engine: z.enum(engineNames) }),
  predicted_class: z.string(),
  /** Absent where only one class can be right. */
  predicted_classes: z.array(z.string()).optional(),
  /**
   * Percent, 0..100: probability of the predicted class; where several classes can be right, probability of the verdict
   * on the class about which the model is least sure.
   */
  confidence: z.number().min(0).max(100),
  /** 0..1 per class. */
  probabilities: z.record(z.string(), z.number().min(0).max(1)),
  inference_time_ms: z.number().nonnegative(),
  image: imageMetadataSchema,
  /** Absent in records of earlier versions. */
  image_measures: imageMeasuresSchema.optional(),
  /** Absent in records from before photographs were examined. */
  decision: decisionSchema.optional(),
  warnings: z.array(z.enum(warningCodes)).optional(),
  /** Absent where the version's graph has no pooled features, and in earlier records. */
  feature_projection: featureProjectionSchema.optional(),
  /** Absent where no A/B test ran. */
  experiment: experimentSchema.optional(),
});
export type PredictionRecord = z.infer<typeof predictionRecordSchema>;

/** Whether a version answered as the challenger of an A/B test. */
export const isByChallenger = ({ experiment, model }: PredictionRecord): boolean =>
  experiment?.arm === "challenger" && experiment.challenger_version === model.version;

/** The classes that an answer names: exactly one or, where several can be right, any number. */
export const classesOf = (answer: {
  readonly predicted_class: string;
  readonly predicted_classes?: readonly string[] | undefined;
}): readonly string[] => answer.predicted_classes ?? [answer.predicted_class];

export const errorRecordSchema = z.object({
  ...base,
  kind: z.literal("error"),
  error: z.string(),
  detail: z.string(),
  status: z.int(),
  error_time_ms: z.number().nonnegative(),
});
export type ErrorRecord = z.infer<typeof errorRecordSchema>;

export const healthRecordSchema = z.object({
  ...base,
  kind: z.literal("health_check"),
  healthy: z.boolean(),
  model_loaded: z.boolean(),
  response_time_ms: z.number().nonnegative(),
});
export type HealthRecord = z.infer<typeof healthRecordSchema>;

/** A model version was loaded, or could not be. */
export const modelLoadRecordSchema = z.object({
  ...base,
  kind: z.literal("model_load"),
  success: z.boolean(),
  /** Why it failed or, after a success, why the wanted version does not serve; otherwise empty. */
  reason: z.string(),
  load_time_seconds: z.number().nonnegative(),
  model: modelIdentitySchema.extend({ engine: z.enum(engineNames).optional(), stage: z.string().optional() }),
  /**
   * Whether it is the session's first model, which the run's params name. Params cannot change: later ones are in tags.
   */
  first: z.boolean(),
  class_names: z.array(z.string()),
});
export type ModelLoadRecord = z.infer<typeof modelLoadRecordSchema>;

/** A challenger's answer to a photograph that the champion had answered. No caller sees it. */
export const shadowRecordSchema = z.object({
  ...base,
  kind: z.literal("shadow"),
  prediction_id: z.uuid(),
  /** The challenger. */
  model: modelIdentitySchema.extend({ engine: z.enum(engineNames) }),
  champion: z.object({ version: z.string(), predicted_class: z.string() }),
  /** Null when it failed. */
  answer: z
    .object({
      predicted_class: z.string(),
      /** As in the record of a prediction. */
      confidence: z.number().min(0).max(100),
      probabilities: z.record(z.string(), z.number().min(0).max(1)),
      decision: decisionSchema,
      inference_time_ms: z.number().nonnegative(),
    })
    .nullable(),
  /** Why there is no answer; empty when there is one. */
  problem: z.string(),
});
export type ShadowRecord = z.infer<typeof shadowRecordSchema>;

/** Whether a photograph was refused because it cannot be graded, under the policy `reject`; else it is a prediction. */
export const isUngradableRefusal = (record: InferenceLogRecord): boolean =>
  record.kind === "error" && record.error === ungradable;
const ungradable: RequestErrorCode = "ungradable_photograph";

export const inferenceLogRecordSchema = z.discriminatedUnion("kind", [
  predictionRecordSchema,
  errorRecordSchema,
  healthRecordSchema,
  modelLoadRecordSchema,
  shadowRecordSchema,
]);
export type InferenceLogRecord = z.infer<typeof inferenceLogRecordSchema>;
