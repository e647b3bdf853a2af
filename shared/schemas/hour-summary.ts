import * as z from "zod";
import { imageMeasuresSchema } from "./image-measures.ts";

const count = z.int().nonnegative();

/** The values of one figure, counted in bins with fixed edges, so that two such counts can be added. */
export const binnedValuesSchema = z.object({
  count,
  mean: z.number(),
  /** Sum of the squared deviations from the mean. */
  squares: z.number().nonnegative(),
  minimum: z.number(),
  maximum: z.number(),
  /** How many values that follow one another count as one independent value; the mean over the records, 1 or more. */
  autocorrelation_time: z.number().min(1),
  /** How many values are in each bin, by the bin's number. */
  bins: z.record(z.string(), count),
});
export type BinnedValues = z.infer<typeof binnedValuesSchema>;

/** A row in a report's table of the least sure answers. */
export const leastSureSchema = z.object({
  prediction_id: z.string(),
  timestamp_ms: count,
  predicted_class: z.string(),
  /** Absent where only one class can be right. */
  predicted_classes: z.array(z.string()).optional(),
  /** Percent, 0..100. */
  confidence: z.number(),
});
export type LeastSure = z.infer<typeof leastSureSchema>;

/** The figures of a randomly drawn record, for the statistics that need whole records. */
export const sampledRecordSchema = z.object({
  /** Hash of the record's id. The records with the smallest hashes in two samples are a sample of both. */
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
  /** Time of the newest one that is not a challenger's, 0 where all are; absent in older summaries. */
  served_until_ms: count.optional(),
  /** How many answers named each class; where several can be right, an answer counts for each that it named. */
  class_counts: z.record(z.string(), count),
  /** The `autocorrelation_time` of the predicted class: the longest over all classes. */
  class_autocorrelation_time: z.number().min(1),
  /**
   * How often each decision was given: confident, uncertain, ungradable; empty for records from before there were any.
   */
  decision_counts: z.record(z.string(), count),
  figures: z.record(z.string(), binnedValuesSchema),
  pictures: z.object({
    /** Predictions with image measures; the other counts are among these. */
    measured: count,
    dark: count,
    plain: count,
    /** Least number of times that each of the most frequent pictures was sent, by fingerprint. */
    repeated: z.record(z.string(), count),
  }),
  /** The 256 smallest hashes of session ids: up to 256 sessions are counted exactly, more are estimated. */
  session_hashes: z.array(z.number()),
  least_sure: z.array(leastSureSchema),
  sample: z.array(sampledRecordSchema),
});
export type PredictionGroup = z.infer<typeof predictionGroupSchema>;

/** What drift analysis needs of many predictions. Its size does not grow with their number. */
export const hourSummarySchema = z.object({
  format: z.literal(1),
  groups: z.array(predictionGroupSchema),
  /** Photographs that were refused as ungradable, which no version answered, by deployment; absent where there are none. */
  refused: z.record(z.string(), count).optional(),
});
export type HourSummary = z.infer<typeof hourSummarySchema>;
