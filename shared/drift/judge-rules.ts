import type { DriftIndicator } from "../schemas/drift-report.ts";
import type { DriftReportSettings } from "./drift-report-settings.ts";
import { allRules } from "./drift-rules.ts";
import type { ReferenceWindow } from "./reference-window.ts";
import type { DriftRule } from "./rules/drift-rule.ts";
import { countIndependent } from "./statistics/autocorrelation-time.ts";
import type { AnalysedWindow, WindowFacts } from "./window/analysed-window.ts";
import { describeFacts } from "./window/window-facts.ts";
import { windowOfRows } from "./window/window-of-rows.ts";

/**
 * How many standard errors make a reference far from a limit: at this distance one window in a hundred passes it by
 * chance.
 */
const nearness = 2.33;

/** What the rules measure in the reference. */
interface Usual {
  facts: WindowFacts;
  /** How many neighbours in time say as much as one independent prediction. */
  blockLength: number;
}

/**
 * Judges a window by the rules. A value beyond its limit is `expected`, not drift, where the reference is beyond the
 * limit too, or so near to it that windows pass it by chance. Such a limit says nothing about this version, so the
 * comparison with the reference decides.
 */
export function judgeRules(
  window: AnalysedWindow,
  settings: DriftReportSettings,
  {
    reference,
    isReferenceUnread = false,
  }: { reference?: ReferenceWindow | undefined; isReferenceUnread?: boolean },
): DriftIndicator[] {
  const usual = reference && describeUsual(reference, settings.lowConfidencePercent);
  return allRules.flatMap((rule) => {
    const isKnown = !isReferenceUnread || rule.deviation === undefined;
    return judgeRule(rule, window, settings, { usual, isKnown });
  });
}

const describeUsual = ({ rows }: ReferenceWindow, lowConfidencePercent: number): Usual => ({
  facts: describeFacts(rows, lowConfidencePercent),
  blockLength: windowOfRows(rows).blockLength,
});

/** A rule about something that no record of the window carries is not part of the report. */
function judgeRule(
  rule: DriftRule,
  { facts }: AnalysedWindow,
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
  const expected = isBeyond && usual !== undefined && isExpected(rule, threshold, evidence, usual);
  return [
    {
      ...{ name, value, threshold, direction, unit },
      drifted: isJudged ? isBeyond && !expected : null,
      expected,
      reference_value: usual && rule.deviation ? rule.compute(usual.facts) : null,
      needs,
      ...rule.texts[settings.language],
    },
  ];
}

function isExpected(
  rule: DriftRule,
  threshold: number,
  predictions: number,
  { facts, blockLength }: Usual,
): boolean {
  const value = rule.compute(facts);
  const deviation = rule.deviation?.(facts) ?? null;
  if (value === null || deviation === null) return false;
  const margin = (nearness * deviation) / Math.sqrt(countIndependent(predictions, blockLength));
  return isBeyondLimit(
    rule.direction === "below" ? value - margin : value + margin,
    threshold,
    rule.direction,
  );
}

function countEvidence({ needs }: DriftRule, { recent, pictures, decisions }: WindowFacts): number {
  if (needs === "image_measures") return pictures.measured;
  if (needs === "decision") return Object.values(decisions).reduce((sum, count) => sum + count, 0);
  return recent.recent_prediction_count;
}

const isBeyondLimit = (value: number, threshold: number, direction: DriftIndicator["direction"]): boolean =>
  direction === "below" ? value < threshold : value > threshold;
