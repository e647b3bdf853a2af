import type { DriftIndicator } from "../../schemas/drift-report.ts";
import type { DriftReportSettings } from "../drift-report-settings.ts";
import type { ReferenceWindow } from "../reference/reference-window.ts";
import { countIndependent } from "../statistics/autocorrelation-time.ts";
import type { AnalysedWindow, JudgedPredictions, WindowFacts } from "../window/analysed-window.ts";
import { describeFacts } from "../window/window-facts.ts";
import { windowOfRows } from "../window/window-of-rows.ts";
import type { DriftRule, UsualValue } from "./drift-rule.ts";
import { allRules } from "./drift-rules.ts";

/** By how many standard errors a window may be beyond its reference: chance alone carries one in 2,000 farther. */
const tolerance = 3.3;
/** More predictions make a window no more like a reference that comes from other photographs. */
const mostPredictions = 100;

/** What the rules measure in the reference. */
interface Usual {
  facts: WindowFacts;
  /** How many neighbours in time say as much as one independent prediction. */
  blockLength: number;
}

/**
 * Judges a window by the rules; those whose limit depends on the reference judge only the predictions of the reference's version. Where the reference is beyond a limit too, or near to it, the limit says nothing about
 * this version and moves: a value beyond it is `expected`, not drift, up to what chance makes of the reference's value.
 */
export function judgeRules(
  window: AnalysedWindow,
  ofReference: JudgedPredictions,
  settings: DriftReportSettings,
  {
    reference,
    isReferenceUnread = false,
  }: { reference?: ReferenceWindow | undefined; isReferenceUnread?: boolean },
): DriftIndicator[] {
  const usual = reference && describeUsual(reference, settings.lowConfidencePercent);
  return allRules.flatMap((rule) => {
    if (rule.computeUsual === undefined)
      return judgeRule(rule, window, settings, { usual: undefined, isKnown: true });
    return judgeRule(rule, ofReference, settings, { usual, isKnown: !isReferenceUnread });
  });
}

const describeUsual = ({ rows }: ReferenceWindow, lowConfidencePercent: number): Usual => ({
  facts: describeFacts(rows, lowConfidencePercent),
  blockLength: windowOfRows(rows).blockLength,
});

/** A rule about something that no record of the window carries is not part of the report. */
function judgeRule(
  rule: DriftRule,
  { facts }: JudgedPredictions,
  settings: DriftReportSettings,
  { usual, isKnown }: { usual: Usual | undefined; isKnown: boolean },
): DriftIndicator[] {
  const evidence = countEvidence(rule, facts);
  if (rule.needs !== null && evidence === 0) return [];
  const value = rule.compute(facts);
  const threshold = rule.readThreshold(settings);
  const { name, unit, direction, needs } = rule;
  const isJudged = isKnown && evidence >= settings.minimumPredictions && value !== null;
  const isBeyond = isJudged && isBeyondLimit(value, threshold, direction);
  const usualValue = usual && rule.computeUsual?.(usual.facts, facts);
  const expected =
    isBeyond &&
    usual !== undefined &&
    usualValue !== undefined &&
    isExpected(rule, { value, predictions: evidence }, usualValue, usual);
  return [
    {
      ...{ name, value, threshold, direction, unit },
      drifted: isJudged ? isBeyond && !expected : null,
      expected,
      reference_value: usualValue?.value ?? null,
      needs,
      ...rule.texts[settings.language],
    },
  ];
}

function isExpected(
  rule: DriftRule,
  { value, predictions }: { value: number; predictions: number },
  { value: usualValue, deviation }: UsualValue,
  { facts, blockLength }: Usual,
): boolean {
  if (usualValue === null || deviation === null) return false;
  const count = countIndependent(Math.min(predictions, mostPredictions), blockLength);
  const usualCount = countIndependent(countEvidence(rule, facts), blockLength);
  const margin = tolerance * deviation * Math.sqrt(1 / count + 1 / usualCount);
  const moved = rule.direction === "below" ? usualValue - margin : usualValue + margin;
  return !isBeyondLimit(value, moved, rule.direction);
}

function countEvidence({ needs }: DriftRule, { recent, pictures, decisions }: WindowFacts): number {
  if (needs === "image_measures") return pictures.measured;
  if (needs === "decision") return Object.values(decisions).reduce((sum, count) => sum + count, 0);
  return recent.recent_prediction_count;
}

const isBeyondLimit = (value: number, threshold: number, direction: DriftIndicator["direction"]): boolean =>
  direction === "below" ? value < threshold : value > threshold;
