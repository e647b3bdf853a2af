import * as z from "zod";
import { imageMeasuresSchema } from "./image-measures.ts";

const count = z.int().nonnegative();

/** The values of one figure, counted in bins of fixed edges so that two of these can be added. */
export const binnedValuesSchema = z.object({
  count,
  mean: z.number(),
  /** Sum of the squared deviations from the mean. */
  squares: z.number().nonnegative(),
  minimum: z.number(),
  maximum: z.number(),
  /** How many neighbours in time say as much as one independent value; the mean over the records, 1 or more. */
  autocorrelation_time: z.number().min(1),
  /** How many values are in each bin, by the bin's number. */
  bins: z.record(z.string(), count),
});
export type BinnedValues = z.infer<typeof binnedValuesSchema>;

/** A prediction as the report's table of the least sure answers shows it. */
export const leastSureSchema = z.object({
  prediction_id: z.string(),
  timestamp_ms: count,
  predicted_class: z.string(),
  /** Absent where one class alone can be right. */
  predicted_classes: z.array(z.string()).optional(),
  /** Percent, 0..100. */
  confidence: z.number(),
});
export type LeastSure = z.infer<typeof leastSureSchema>;

/** A record's figures, drawn at random for the tests that need whole records. */
export const sampledRecordSchema = z.object({
  /** Hash of the record's id: the smallest ones of any two samples are a sample of both. */
  order: z.number(),
  timestamp_ms: count,
  probabilities: z.record(z.string(), z.number()),
  predicted_class: z.string(),
  confidence: z.number(),
  inference_time_ms: z.number().optional(),
  image_measures: imageMeasuresSchema.partial().optional(),
  /** The model's pooled features, projected; absent where its graph has none. */
  feature_projection: z.string().optional(),
  model_version: z.string().optional(),
});
export type SampledRecord = z.infer<typeof sampledRecordSchema>;

/** The predictions of one model version in one deployment. */
export const predictionGroupSchema = z.object({
  /** `name/version`. */
  model_version: z.string(),
  /** ENVIRONMENT of the deployment that answered. */
  deployment: z.string(),
  predictions: count,
  first_timestamp_ms: count,
  last_timestamp_ms: count,
  /** How many answers named each class; where several can be right, an answer counts for each that it named. */
  class_counts: z.record(z.string(), count),
  /** As `autocorrelation_time` of a figure, of the predicted class: the longest of all classes. */
  class_autocorrelation_time: z.number().min(1),
  /** How often each decision was given: confident, uncertain, ungradable; none in records of before there were any. */
  decision_counts: z.record(z.string(), count),
  figures: z.record(z.string(), binnedValuesSchema),
  pictures: z.object({
    /** Predictions with image measures; the others are counts among these. */
    measured: count,
    dark: count,
    plain: count,
    /** At least how often the pictures sent most often were sent, by their fingerprint. */
    repeated: z.record(z.string(), count),
  }),
  /** The smallest hashes of the session ids: all of them up to 256 sessions, beyond that enough to estimate how many. */
  session_hashes: z.array(z.number()),
  least_sure: z.array(leastSureSchema),
  sample: z.array(sampledRecordSchema),
});
export type PredictionGroup = z.infer<typeof predictionGroupSchema>;

/** What drift analysis needs of many predictions, in a size that does not grow with how many there are. */
export const hourSummarySchema = z.object({
  format: z.literal(1),
  groups: z.array(predictionGroupSchema),
});
export type HourSummary = z.infer<typeof hourSummarySchema>;
