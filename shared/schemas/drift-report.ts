import * as z from "zod";
import { leastSureSchema } from "./hour-summary.ts";
import { languages } from "./language.ts";
import { realisedFiguresSchema } from "./realised-figures.ts";

export const driftIndicatorSchema = z.object({
  /** Name of the rule. */
  name: z.string(),
  /** Measured value, in the unit of its threshold; null when the window is empty. */
  value: z.number().nullable(),
  threshold: z.number(),
  /** Which side of the threshold means drift; a value equal to the threshold is not drift. */
  direction: z.enum(["below", "above"]),
  unit: z.enum(["percent", "ratio", "ms"]),
  /** Null when the window holds too few predictions to judge, or the reference that is needed could not be read. */
  drifted: z.boolean().nullable(),
  /** True when the value is beyond the threshold, but no farther than chance carries the reference's: no drift. */
  expected: z.boolean(),
  /** The rule's value in the reference, of the largest class its share there; null without one, or where no reference can make the value normal. */
  reference_value: z.number().nullable(),
  /** Part of a record that the rule needs; null for the four rules of the replaced service. */
  needs: z.enum(["image_measures", "decision"]).nullable(),
  /** In the report's language: what is watched, what the value is, the cause in words, what to look at. */
  title: z.string(),
  measures: z.string(),
  happened: z.string(),
  advice: z.string(),
});
export type DriftIndicator = z.infer<typeof driftIndicatorSchema>;

/** One figure of the current window beside the reference. */
export const driftComparisonSchema = z.object({
  name: z.string(),
  unit: z.enum(["percent", "ratio", "ms", "none"]),
  direction: z.enum(["higher", "lower"]),
  /** For the class mix, the share of the class that changed most. Null where several figures are compared at once. */
  reference_mean: z.number().nullable(),
  current_mean: z.number().nullable(),
  /** How far the windows are apart, by the name of each statistic. */
  scores: z.record(z.string(), z.number()),
  p_value: z.number(),
  /** Corrected for all comparisons of the report (Benjamini-Hochberg). */
  adjusted_p_value: z.number(),
  severity: z.enum(["ok", "warning", "drift"]),
  /** Share of each window in each bin; null for the class mix, and where several figures are compared at once. */
  histogram: z
    .object({ edges: z.array(z.number()), reference: z.array(z.number()), current: z.array(z.number()) })
    .nullable(),
  title: z.string(),
  happened: z.string(),
  advice: z.string(),
});
export type DriftComparison = z.infer<typeof driftComparisonSchema>;

/** One reason for the verdict, in the report's language. */
export const driftCauseSchema = z.object({
  /** Name of the rule, or of the comparison with the reference. */
  name: z.string(),
  severity: z.enum(["warning", "drift"]),
  /** What happened, as the end of "Drift: …". */
  happened: z.string(),
  /** What to look at, the most likely reason first. */
  advice: z.string(),
});
export type DriftCause = z.infer<typeof driftCauseSchema>;

/** Figures over the recent window, under the names of the replaced service. Null when the window is empty. */
export const recentWindowSchema = z.object({
  recent_prediction_count: z.int().nonnegative(),
  recent_avg_confidence: z.number().nullable(),
  recent_std_confidence: z.number().nullable(),
  recent_low_confidence_ratio: z.number().nullable(),
  recent_avg_inference_time_ms: z.number().nullable(),
  recent_std_inference_time_ms: z.number().nullable(),
  /** Share of the answers that name each class, 0..1; written to MLflow as `recent_class_ratio_<class>`. */
  recent_class_ratio: z.record(z.string(), z.number()),
});
export type RecentWindow = z.infer<typeof recentWindowSchema>;

/** One prediction of the window, in the report's charts. */
export const driftReportPredictionSchema = z.object({
  timestamp_ms: z.int().nonnegative(),
  /** Percent, 0..100. */
  confidence: z.number(),
  inference_time_ms: z.number(),
  predicted_class: z.string(),
  /** Absent where only one class can be right. */
  predicted_classes: z.array(z.string()).optional(),
  /** `name/version`. */
  model_version: z.string(),
});
export type DriftReportPrediction = z.infer<typeof driftReportPredictionSchema>;

/** Means of a part of the window. */
export const seriesPointSchema = z.object({
  /** Time of its first prediction. */
  timestamp_ms: z.int().nonnegative(),
  prediction_count: z.int().positive(),
  /** By the name of the figure: confidence, inference_time_ms, brightness, ... */
  means: z.record(z.string(), z.number()),
});
export type SeriesPoint = z.infer<typeof seriesPointSchema>;

const shareSchema = z.object({ value: z.number(), standard_error: z.number() });

/** How a window was chosen. */
export const windowSelectionSchema = z.object({
  /** How many of the newest predictions; null when a period was chosen. */
  count: z.int().positive().nullable(),
  /** Milliseconds since 1970, `from` inclusive, `to` exclusive; null where there is no bound. */
  from_ms: z.int().nullable(),
  to_ms: z.int().nullable(),
  /** Only the predictions of this model version, session or deployment (ENVIRONMENT). */
  model_version: z.string().nullable(),
  session: z.string().nullable(),
  deployment: z.string().nullable(),
});
export type WindowSelection = z.infer<typeof windowSelectionSchema>;

export const driftReportSchema = z.object({
  /** Version of this schema (docs/drift-report.schema.json). */
  format: z.literal(1),
  /** The language of its words. */
  language: z.enum(languages),
  verdict: z.enum(["ok", "drift", "insufficient_data"]),
  /** The verdict, or `warning` for a change that is certain but small. */
  severity: z.enum(["ok", "warning", "drift", "insufficient_data"]),
  /** ISO 8601. */
  drift_timestamp: z.string(),
  drift_detected: z.boolean(),
  drift_indicator_count: z.int().nonnegative(),
  indicators: z.array(driftIndicatorSchema),
  /** The likeliest first: a cause that explains others precedes them. */
  causes: z.array(driftCauseSchema),
  /** What the window was compared with; null without a reference: then only the rules decide. */
  reference: z
    .object({
      source: z.string(),
      /** `name/version` whose own window it is; null for a past time or a file. */
      version: z.string().nullable(),
      prediction_count: z.int(),
      /** Predictions of the window that are judged beside it: those of its version, or all. */
      judged_predictions: z.int().nonnegative(),
      /** Whether it only says what the rules are to expect, and the window is not compared with it. */
      limits_alone: z.boolean(),
    })
    .nullable(),
  /** Why there is no reference; null when there is one. */
  reference_note: z.string().nullable(),
  /** Title of each figure of `series`, in the report's language. */
  figure_titles: z.record(z.string(), z.string()),
  /** Empty without a reference, and in a window that is too small. */
  comparisons: z.array(driftComparisonSchema),
  /** Share of right answers among the judged predictions, 0..1, as far as it can be estimated without labels; null for an empty window. */
  estimated_accuracy: z
    .object({
      /**
       * By confidence (CBPE), as if probabilities were calibrated; null where several classes can be right, because
       * confidence is then the certainty of the least sure verdict.
       */
      by_confidence: shareSchema.nullable(),
      /** By a threshold on confidence that the reference's labels give (ATC); null without such labels. */
      by_threshold: shareSchema.nullable(),
      /** Share of right answers in the reference; null without labels. */
      reference: z.number().nullable(),
    })
    .nullable(),
  /** Figures over the window's answers, of all versions, that a clinician has labelled; null when there are none. */
  realised: realisedFiguresSchema.nullable(),
  window: recentWindowSchema.extend({
    selection: windowSelectionSchema,
    /** False when values come from hour summaries: distances are then off by up to 0.02 (docs/drift.md). */
    is_exact: z.boolean(),
    /** Lines of the inference log that could not be read, and whether every object of the window was read. */
    broken_lines: z.int().nonnegative(),
    is_complete: z.boolean(),
    /** Milliseconds since 1970 of the first and last prediction of the window; null when it is empty. */
    first_timestamp_ms: z.number().nullable(),
    last_timestamp_ms: z.number().nullable(),
    /** Photographs refused as ungradable since the window's first prediction (INPUT_CHECK=reject), and the newest one's time. */
    refused_count: z.int().nonnegative(),
    /** Milliseconds since 1970; null where there is none, and where values come from hour summaries. */
    last_refused_ms: z.number().nullable(),
    session_count: z.int().nonnegative(),
    /** Versions that made the window's predictions: `name/version`. */
    model_versions: z.array(z.string()),
    /** Those that answered as the challenger of an A/B test alone. */
    challenger_versions: z.array(z.string()),
    /** That of the newest prediction that is not a challenger's; null where there is none. */
    serving_version: z.string().nullable(),
  }),
  settings: z.object({
    window_size: z.int(),
    minimum_predictions: z.int(),
    low_confidence_percent: z.number(),
  }),
  /** The ten least sure answers, the least sure first. */
  least_sure: z.array(leastSureSchema),
  /** The course of the window, oldest first. */
  series: z.array(seriesPointSchema),
  /** The window's predictions, oldest first: at most the newest 1,000, and none of a window that is not exact. */
  predictions: z.array(driftReportPredictionSchema),
});
export type DriftReport = z.infer<typeof driftReportSchema>;
