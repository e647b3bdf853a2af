import type { Language } from "../schemas/language.ts";
import type { DriftThresholds } from "./rules/drift-rule.ts";

/** Window and thresholds, as in the `drift` settings. */
export interface DriftReportSettings extends DriftThresholds {
  /** Predictions that the window holds at most. */
  windowSize: number;
  /** Predictions below which nothing is judged. */
  minimumPredictions: number;
  /** A prediction below this has low confidence, percent. */
  lowConfidencePercent: number;
  /** Language of the report. */
  language: Language;
}
