import type { DriftRule } from "./drift-rule.ts";

/** The model has become slow: mean time of the forward pass above the limit. */
export const highInferenceTime: DriftRule = {
  name: "high_inference_time",
  unit: "ms",
  direction: "above",
  readThreshold: (thresholds) => thresholds.maximumInferenceTimeMs,
  compute: (window) => window.recent_avg_inference_time_ms,
};
