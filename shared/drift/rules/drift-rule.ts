import type { DriftIndicator } from "../../schemas/drift-report.ts";
import type { Language } from "../../schemas/language.ts";
import type { WindowFacts } from "../window/analysed-window.ts";

/** Limits that the rules read from the `drift` settings. */
export interface DriftThresholds {
  /** Percent, 0..100. */
  minimumAverageConfidencePercent: number;
  /** Share of the window, 0..1. */
  maximumLowConfidenceRatio: number;
  maximumInferenceTimeMs: number;
  /** Share of the window, 0..1. */
  maximumClassRatio: number;
  /** Share of the window that may be black, of one colour, or the same picture again, 0..1. */
  maximumUnusableRatio: number;
  /** Share of the answers that may be `ungradable`, and that may be `uncertain`, 0..1. */
  maximumUngradableRatio: number;
  maximumUncertainRatio: number;
}

/** What a reader is told about a rule. */
export interface RuleTexts {
  /** What is watched: "Average confidence". */
  title: string;
  /** What the value is: "mean confidence of the window". */
  measures: string;
  /** The cause, as the end of "Drift: …": "the model has become unsure". */
  happened: string;
  /** What to look at, the most likely reason first. */
  advice: string;
}

/** What a window's value is compared with; null when the reference does not have it. */
export interface UsualValue {
  value: number | null;
  /** Standard deviation of one prediction's part in the value. */
  deviation: number | null;
}

/**
 * One drift rule and all that belongs to it: what is measured, its unit, which side of the threshold means drift, its
 * words.
 */
export interface DriftRule {
  readonly name: string;
  readonly unit: DriftIndicator["unit"];
  readonly direction: DriftIndicator["direction"];
  /** Higher is nearer to the root cause: black pictures explain unsure answers. */
  readonly rank: number;
  /** What a record must carry for the rule to be part of a report. */
  readonly needs: DriftIndicator["needs"];
  readonly readThreshold: (thresholds: DriftThresholds) => number;
  /** The measured value, in `unit`; null when the window is empty. */
  readonly compute: (facts: WindowFacts) => number | null;
  /**
   * By this `judge-rules.ts` sees whether a value beyond the limit is usual for the version and the people who are
   * photographed. Absent where no such value is usual: black pictures never are.
   */
  readonly computeUsual?: (reference: WindowFacts, window: WindowFacts) => UsualValue;
  readonly texts: Readonly<Record<Language, RuleTexts>>;
}
