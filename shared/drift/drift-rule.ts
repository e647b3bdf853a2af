import type { DriftIndicator, RecentWindow } from "../contracts/drift-report.ts";

/** Limits that the rules read; the `drift` settings have them. */
export interface DriftThresholds {
  /** Percent, 0..100. */
  minimumAverageConfidencePercent: number;
  /** Share of the window, 0..1. */
  maximumLowConfidenceRatio: number;
  maximumInferenceTimeMs: number;
  /** Share of the window, 0..1. */
  maximumClassRatio: number;
}

/** One drift rule: what is measured, in which unit, and which side of the threshold means drift. */
export interface DriftRule {
  readonly name: DriftIndicator["name"];
  readonly unit: DriftIndicator["unit"];
  readonly direction: DriftIndicator["direction"];
  readonly readThreshold: (thresholds: DriftThresholds) => number;
  /** The measured value, in `unit`; null when the window is empty. */
  readonly compute: (window: RecentWindow) => number | null;
}
