import type { DriftRule } from "./drift-rule.ts";

/** The model is unsure about a part of the pictures: too large a share of predictions with low confidence. */
export const highLowConfidenceRatio: DriftRule = {
  name: "high_low_confidence_ratio",
  unit: "ratio",
  direction: "above",
  readThreshold: (thresholds) => thresholds.maximumLowConfidenceRatio,
  compute: (window) => window.recent_low_confidence_ratio,
};
