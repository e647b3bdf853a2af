import * as z from "zod";
import { languages } from "../schemas/language.ts";
import { numberBetween, wholeNumberBetween } from "./types.ts";

/** Window and thresholds of the drift rules; the defaults are those of the replaced service. */
export const driftSettings = z
  .object({
    DRIFT_WINDOW_SIZE: wholeNumberBetween(1, 10_000, 100),
    DRIFT_MINIMUM_PREDICTIONS: wholeNumberBetween(1, 10_000, 50),
    DRIFT_MINIMUM_AVERAGE_CONFIDENCE: numberBetween(0, 100, 60),
    DRIFT_LOW_CONFIDENCE: numberBetween(0, 100, 70),
    DRIFT_MAXIMUM_LOW_CONFIDENCE_RATIO: numberBetween(0, 1, 0.3),
    DRIFT_MAXIMUM_INFERENCE_TIME_MS: numberBetween(0, 900_000, 5_000),
    DRIFT_MAXIMUM_CLASS_RATIO: numberBetween(0, 1, 0.8),
    DRIFT_MAXIMUM_UNUSABLE_RATIO: numberBetween(0, 1, 0.1),
    DRIFT_MAXIMUM_UNGRADABLE_RATIO: numberBetween(0, 1, 0.3),
    DRIFT_MAXIMUM_UNCERTAIN_RATIO: numberBetween(0, 1, 0.85),
    REPORT_LANGUAGE: z.enum(languages).default("en"),
  })
  .refine((v) => v.DRIFT_MINIMUM_PREDICTIONS <= v.DRIFT_WINDOW_SIZE, {
    path: ["DRIFT_MINIMUM_PREDICTIONS"],
    message: "Expected at most DRIFT_WINDOW_SIZE, or no window could ever be judged",
  })
  .transform((v) => ({
    windowSize: v.DRIFT_WINDOW_SIZE,
    minimumPredictions: v.DRIFT_MINIMUM_PREDICTIONS,
    minimumAverageConfidencePercent: v.DRIFT_MINIMUM_AVERAGE_CONFIDENCE,
    lowConfidencePercent: v.DRIFT_LOW_CONFIDENCE,
    maximumLowConfidenceRatio: v.DRIFT_MAXIMUM_LOW_CONFIDENCE_RATIO,
    maximumInferenceTimeMs: v.DRIFT_MAXIMUM_INFERENCE_TIME_MS,
    maximumClassRatio: v.DRIFT_MAXIMUM_CLASS_RATIO,
    maximumUnusableRatio: v.DRIFT_MAXIMUM_UNUSABLE_RATIO,
    maximumUngradableRatio: v.DRIFT_MAXIMUM_UNGRADABLE_RATIO,
    maximumUncertainRatio: v.DRIFT_MAXIMUM_UNCERTAIN_RATIO,
    language: v.REPORT_LANGUAGE,
  }));
export type DriftSettings = z.output<typeof driftSettings>;
