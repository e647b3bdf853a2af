import type { DriftReport, WindowSelection } from "../schemas/drift-report.ts";
import type { PredictionRecord } from "../schemas/inference-record.ts";
import type { RealisedFigures } from "../schemas/realised-figures.ts";
import { compareWindows } from "./compare-windows.ts";
import type { DriftReportSettings } from "./drift-report-settings.ts";
import type { Comparison } from "./figures/comparison.ts";
import { listFigures } from "./figures/figures.ts";
import { estimateAccuracy } from "./judge-accuracy.ts";
import { rankCauses } from "./rank-causes.ts";
import { describeReferenceNote, type ReferenceNote } from "./reference/reference-note.ts";
import { completeVerdicts, type ReferenceWindow } from "./reference/reference-window.ts";
import { judgeRules } from "./rules/judge-rules.ts";
import {
  type AnalysedWindow,
  type ComparedWindow,
  canNameSeveral,
  type JudgedPredictions,
} from "./window/analysed-window.ts";
import { selectRecentPredictions } from "./window/recent-window.ts";
import { windowOfRecords } from "./window/window-of-records.ts";
import { windowOfRows } from "./window/window-of-rows.ts";

/** What a report says about its window beside the figures. */
export interface WindowReading {
  selection: WindowSelection;
  brokenLines: number;
  isComplete: boolean;
}

/** What a window is judged by beside its own figures. */
export interface WindowContext {
  reading: WindowReading;
  reference?: ReferenceWindow | undefined;
  /** Why there is no reference. */
  referenceNote?: ReferenceNote | undefined;
  /** Whether that is because the search for it failed. */
  isReferenceUnread?: boolean;
  /** Figures from the labels that clinicians gave to the window's answers; null where they gave none. */
  realised?: RealisedFigures | null;
}

/** The last predictions, whoever made them. */
export const lastPredictions = (count: number): WindowSelection => ({
  count,
  ...{ from_ms: null, to_ms: null, model_version: null, session: null, deployment: null },
});

/**
 * Judges the last predictions of the whole service.
 *
 * @param predictions of all sessions, in any order; more than the window holds are allowed
 * @param timestamp when the report is made
 * @param reference what is usual; without one the rules alone decide
 * @param isReferenceUnread whether there is none because it could not be read: see judgeWindow
 */
export function computeDriftReport(
  predictions: readonly PredictionRecord[],
  settings: DriftReportSettings,
  timestamp: Date,
  reference?: ReferenceWindow,
  isReferenceUnread = false,
): DriftReport {
  const recent = selectRecentPredictions(predictions, settings.windowSize);
  return judgeWindow(windowOfRecords(recent, settings.lowConfidencePercent), settings, timestamp, {
    reading: { selection: lastPredictions(settings.windowSize), brokenLines: 0, isComplete: true },
    reference,
    isReferenceUnread,
  });
}

/**
 * Judges a window by the drift rules, and by how far it is from the reference.
 *
 * Drift is detected when at least one indicator drifted or a figure is far from the reference. With fewer than
 * `minimumPredictions` the verdict is `insufficient_data`: indicators are measured, but none is judged.
 *
 * Beside the window that a version carries only the predictions of that version are judged by the limits that depend on it,
 * and compared with it. Where they are fewer than `minimumPredictions`, or the reference could not be read, such a limit is not
 * judged; if no other rule drifted, the verdict is `insufficient_data` too.
 */
export function judgeWindow(
  window: AnalysedWindow,
  settings: DriftReportSettings,
  timestamp: Date,
  context: WindowContext,
): DriftReport {
  const { reading, isReferenceUnread = false, realised = null } = context;
  const { referenceNote = { code: "none_given" } } = context;
  const ofReference = selectOfReference(window, context.reference);
  const reference = context.reference && completeReference(context.reference, ofReference);
  const judged = ofReference.predictions >= settings.minimumPredictions;
  const indicators = judgeRules(window, ofReference, settings, { reference, isReferenceUnread });
  const comparisons = judged ? compareWithReference(ofReference, settings, reference) : [];
  const causes = rankCauses(indicators, comparisons);
  const driftCauses = causes.filter(({ severity }) => severity === "drift");
  const otherwise = judged && !isReferenceUnread ? "ok" : "insufficient_data";
  const verdict = driftCauses.length > 0 ? "drift" : otherwise;
  return {
    format: 1,
    language: settings.language,
    verdict,
    severity: verdict === "ok" && causes.length > 0 ? "warning" : verdict,
    drift_timestamp: timestamp.toISOString(),
    drift_detected: driftCauses.length > 0,
    drift_indicator_count: driftCauses.length,
    indicators,
    causes,
    reference: reference ? describeReference(reference, ofReference) : null,
    reference_note: reference ? null : describeReferenceNote(referenceNote, settings.language),
    figure_titles: Object.fromEntries(
      listFigures([]).map(({ name, texts }) => [name, texts[settings.language].title]),
    ),
    comparisons: comparisons.map(withoutRank),
    estimated_accuracy: estimateAccuracy(ofReference, reference?.rows ?? []),
    realised,
    window: describeWindow(window, reading),
    settings: describeSettings(settings),
    least_sure: window.leastSure,
    series: window.series,
    predictions: window.latest,
  };
}

/** The predictions that the reference says anything about: those of its version, or all beside a past time. */
function selectOfReference(
  window: AnalysedWindow,
  reference: ReferenceWindow | undefined,
): JudgedPredictions {
  const version = reference?.version;
  const isOfAll = version === undefined || window.origin.model_versions.every((other) => other === version);
  return isOfAll ? window : window.ofVersion(version);
}

const completeReference = (reference: ReferenceWindow, judged: JudgedPredictions): ReferenceWindow =>
  canNameSeveral(judged) ? { ...reference, rows: completeVerdicts(reference.rows) } : reference;

function compareWithReference(
  window: ComparedWindow,
  { language, minimumPredictions }: DriftReportSettings,
  reference: ReferenceWindow | undefined,
): Comparison[] {
  if (reference === undefined || reference.limitsAlone) return [];
  const expected = windowOfRows(reference.rows, window.isBinned);
  return compareWindows(expected, window, { language, minimumRecords: minimumPredictions });
}

const describeWindow = (
  { isBinned, facts, origin, servingVersion }: AnalysedWindow,
  reading: WindowReading,
): DriftReport["window"] => ({
  selection: reading.selection,
  is_exact: !isBinned,
  broken_lines: reading.brokenLines,
  is_complete: reading.isComplete,
  ...facts.recent,
  ...origin,
  serving_version: servingVersion ?? null,
});

const describeSettings = (settings: DriftReportSettings): DriftReport["settings"] => ({
  window_size: settings.windowSize,
  minimum_predictions: settings.minimumPredictions,
  low_confidence_percent: settings.lowConfidencePercent,
});

const describeReference = (
  { source, version, rows, limitsAlone = false }: ReferenceWindow,
  { predictions }: JudgedPredictions,
): DriftReport["reference"] => ({
  source,
  version: version ?? null,
  prediction_count: rows.length,
  judged_predictions: predictions,
  limits_alone: limitsAlone,
});

const withoutRank = ({ rank: _, ...comparison }: Comparison) => comparison;
