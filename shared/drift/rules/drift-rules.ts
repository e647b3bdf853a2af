import { darkPictures } from "./dark-pictures.ts";
import type { DriftRule } from "./drift-rule.ts";
import { highInferenceTime } from "./high-inference-time.ts";
import { highLowConfidenceRatio } from "./high-low-confidence-ratio.ts";
import { identicalPictures } from "./identical-pictures.ts";
import { imbalancedClassDistribution } from "./imbalanced-class-distribution.ts";
import { lowAverageConfidence } from "./low-average-confidence.ts";
import { plainPictures } from "./plain-pictures.ts";
import { uncertainAnswers } from "./uncertain-answers.ts";
import { ungradablePictures } from "./ungradable-pictures.ts";

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
