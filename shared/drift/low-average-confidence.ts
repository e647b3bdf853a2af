import type { DriftRule } from "./drift-rule.ts";

/** The model is unsure on the whole: mean confidence below the limit. */
export const lowAverageConfidence: DriftRule = {
  name: "low_average_confidence",
  unit: "percent",
  direction: "below",
  readThreshold: (thresholds) => thresholds.minimumAverageConfidencePercent,
  compute: (window) => window.recent_avg_confidence,
};
