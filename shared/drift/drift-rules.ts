import type { DriftRule } from "./drift-rule.ts";
import { highInferenceTime } from "./high-inference-time.ts";
import { highLowConfidenceRatio } from "./high-low-confidence-ratio.ts";
import { imbalancedClassDistribution } from "./imbalanced-class-distribution.ts";
import { lowAverageConfidence } from "./low-average-confidence.ts";

/** Every rule that a window is judged by, in the order of the report. */
export const driftRules: readonly DriftRule[] = [
  lowAverageConfidence,
  highLowConfidenceRatio,
  highInferenceTime,
  imbalancedClassDistribution,
];
