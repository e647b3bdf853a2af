import type { Language } from "../schemas/language.ts";
import type { DriftThresholds } from "./rules/drift-rule.ts";

/** Window and thresholds; the `drift` settings are these. */
export interface DriftReportSettings extends DriftThresholds {
  /** Predictions that the window holds at most. */
  windowSize: number;
  /** Predictions below which nothing is judged. */
  minimumPredictions: number;
  /** A prediction below it counts as one of low confidence, percent. */
  lowConfidencePercent: number;
  /** Of the report's words. */
  language: Language;
}
