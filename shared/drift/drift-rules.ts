import { darkPictures } from "./rules/dark-pictures.ts";
import type { DriftRule } from "./rules/drift-rule.ts";
import { highInferenceTime } from "./rules/high-inference-time.ts";
import { highLowConfidenceRatio } from "./rules/high-low-confidence-ratio.ts";
import { identicalPictures } from "./rules/identical-pictures.ts";
import { imbalancedClassDistribution } from "./rules/imbalanced-class-distribution.ts";
import { lowAverageConfidence } from "./rules/low-average-confidence.ts";
import { plainPictures } from "./rules/plain-pictures.ts";
import { uncertainAnswers } from "./rules/uncertain-answers.ts";
import { ungradablePictures } from "./rules/ungradable-pictures.ts";

/** The four rules of the replaced service, in the order of the report. */
export const driftRules: readonly DriftRule[] = [
  lowAverageConfidence,
  highLowConfidenceRatio,
  highInferenceTime,
  imbalancedClassDistribution,
];

/** Rules about the pictures themselves, which need no reference; judged where the records carry image measures. */
export const pictureRules: readonly DriftRule[] = [darkPictures, plainPictures, identicalPictures];

/** Rules about what the input checks and the version's own limit say; judged where the records carry a decision. */
export const decisionRules: readonly DriftRule[] = [ungradablePictures, uncertainAnswers];

export const allRules: readonly DriftRule[] = [...driftRules, ...pictureRules, ...decisionRules];
