import type { DriftRule } from "./drift-rule.ts";

/** Nearly every answer is the same: the share of the most frequent class is above the limit. */
export const imbalancedClassDistribution: DriftRule = {
  name: "imbalanced_class_distribution",
  unit: "ratio",
  direction: "above",
  readThreshold: (thresholds) => thresholds.maximumClassRatio,
  compute: (window) => {
    const ratios = Object.values(window.recent_class_ratio);
    return ratios.length === 0 ? null : Math.max(...ratios);
  },
};
