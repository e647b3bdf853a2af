import type { DriftIndicator, DriftReport } from "../schemas/drift-report.ts";
import type { Language } from "../schemas/language.ts";
import { dayLengthMs } from "../time/durations.ts";
import { describeSelection } from "./describe-selection.ts";
import { formatIndicatorValue } from "./format.ts";
import { wordsOf } from "./words/words-of.ts";

/** Causes that say nothing about the answers. */
const timeNames = ["high_inference_time", "inference_time_ms"];

/** Causes beyond these mostly follow from them. */
const shownSteps = 6;

/** The first line of the report: the verdict and the next step, in one sentence each, and why there are no new predictions, if so. */
export function describeVerdict(report: DriftReport): { verdict: string; next: string } {
  const { verdict, next } = describeJudgement(report);
  const silence = describeSilence(report);
  if (silence === undefined) return { verdict, next };
  return { verdict, next: report.severity === "ok" ? silence : `${silence} ${next}` };
}

/** Undefined where the newest prediction is not more than a day old, or the window was to end in the past. */
function describeSilence({ language, drift_timestamp, window }: DriftReport): string | undefined {
  const { last_timestamp_ms: newestMs, last_refused_ms: refusedMs, refused_count, selection } = window;
  if (newestMs === null || selection.to_ms !== null) return undefined;
  const countDays = (sinceMs: number) => Math.floor((Date.parse(drift_timestamp) - sinceMs) / dayLengthMs);
  const days = countDays(newestMs);
  if (days < 1) return undefined;
  const { old, refused } = wordsOf(language).next;
  return refusedMs !== null && countDays(refusedMs) < 1 ? refused(refused_count) : old(days);
}

function describeJudgement(report: DriftReport): { verdict: string; next: string } {
  const { verdict, next } = wordsOf(report.language);
  const count = report.reference?.judged_predictions ?? report.window.recent_prediction_count;
  const isOnlyTime = report.causes.every(({ name }) => timeNames.includes(name));
  if (report.severity === "warning")
    return { verdict: verdict.warning(joinCauses(report)), next: isOnlyTime ? next.time : next.warning };
  if (report.verdict === "ok") {
    const isWithin = report.indicators.every(({ expected }) => !expected);
    return { verdict: verdict.ok, next: isWithin ? next.ok(count) : next.expected(count) };
  }
  if (report.verdict === "drift")
    return { verdict: verdict.drift(joinCauses(report)), next: isOnlyTime ? next.time : next.drift };
  return describeLittle(report);
}

/** The words for a window that cannot be judged. For one that was chosen by hand, waiting does not help. */
function describeLittle({ language, settings, window, reference }: DriftReport): {
  verdict: string;
  next: string;
} {
  const { verdict, next } = wordsOf(language);
  const { recent_prediction_count: count, selection } = window;
  const minimum = settings.minimum_predictions;
  const isPart = isSet(selection.model_version, selection.session, selection.deployment);
  if (count === 0) {
    const isChosen = isPart || isSet(selection.from_ms, selection.to_ms);
    return {
      verdict: isChosen ? verdict.noneChosen(describeSelection(selection, language)) : verdict.none,
      next: isPart ? next.noneChosen : next.none,
    };
  }
  if (count >= minimum && reference === null) return { verdict: verdict.unread, next: next.unread };
  const judged = reference?.judged_predictions ?? count;
  const version = judged < count ? reference?.version : null;
  const canGrow = !isPart && selection.to_ms === null && (selection.count ?? minimum) >= minimum;
  const isPartOfTest = version && count === selection.count && isLimitedByTest(window, version);
  const later = isPartOfTest
    ? next.tooFewInTest(Math.ceil((windowMargin * minimum * count) / judged))
    : next.tooFew(minimum - judged);
  return {
    verdict: version ? verdict.tooFewOf(version, judged, minimum) : verdict.tooFew(judged, minimum),
    next: canGrow ? later : next.tooFewChosen,
  };
}

/** The champion's part varies: about three standard deviations below its mean a window still has enough. */
const windowMargin = 1.5;

/** Whether the predictions of other versions are a challenger's. Those of an earlier version leave the window by themselves. */
const isLimitedByTest = (
  { model_versions: all, challenger_versions: challengers }: DriftReport["window"],
  version: string,
) => all.every((other) => other === version || challengers.includes(other));

const isSet = (...choices: (string | number | null)[]) => choices.some((choice) => choice !== null);

/** The likeliest causes; the table has the rest. */
export const joinCauses = (report: DriftReport) =>
  report.causes
    .slice(0, 4)
    .map((cause) => cause.happened)
    .join("; ");

/** What to do, in order; empty when there is nothing to look at. */
export function listNextSteps(report: DriftReport): string[] {
  if (report.causes.length === 0) return [];
  const steps = [...new Set(report.causes.map((cause) => cause.advice))];
  const words = wordsOf(report.language);
  const served = listServed(report);
  const { challenger_versions: challengers, serving_version: now } = report.window;
  if (served.length > 1)
    steps.unshift(isNewestServing(report) ? words.versions(served) : words.wentBack(served, now ?? ""));
  if (challengers.length > 0) steps.unshift(words.challengers(challengers));
  const own = adviseOwnReference(report);
  if (own === undefined) return steps.slice(0, shownSteps);
  return [...steps.slice(0, shownSteps - 1), own];
}

/**
 * The step for a clinic whose photographs are always harder than the reference's, which come from elsewhere, and where the
 * reference has no decisions, so that it cannot say how many uncertain answers are usual. Else undefined.
 */
export function adviseOwnReference({ indicators, reference, language }: DriftReport): string | undefined {
  if (reference === null) return undefined;
  const drifted = indicators.filter((indicator) => indicator.drifted);
  const hasMovedLimit = drifted.some(({ reference_value: usual }) => usual !== null);
  const lacksDecisions = drifted.some(
    ({ name, reference_value: usual }) => name === "uncertain_answers" && usual === null,
  );
  return (hasMovedLimit && reference.limits_alone) || lacksDecisions
    ? wordsOf(language).ownReference
    : undefined;
}

/** Versions that had Production. A challenger is not one of them: its part ends with its test, not with a rollback. */
const listServed = ({ window: { model_versions: all, challenger_versions: challengers } }: DriftReport) =>
  all.filter((version) => !challengers.includes(version));

/** The command to type next: back to the version before where a newer one took over, else the analysis again. */
export function chooseCommand(report: DriftReport): string {
  const isPromoted = listServed(report).length > 1 && isNewestServing(report);
  return report.verdict === "drift" && isPromoted ? "npm run rollback" : "npm run drift";
}

/** Anyone who has gone back already must not be told to do so again, which would be one step too far. */
function isNewestServing(report: DriftReport): boolean {
  const { serving_version: now } = report.window;
  return now === null || listServed(report).every((version) => numberOf(version) <= numberOf(now));
}

const numberOf = (version: string) => Number(version.split("/").at(-1));

/** Beside what the window is judged, and which part of it, or why nothing is there. */
export function describeReference({
  language,
  reference,
  reference_note: note,
  window,
}: DriftReport): string {
  const words = wordsOf(language).comparison;
  if (reference === null) return words.noReference(note ?? "");
  const { prediction_count: count, source, version, judged_predictions: judged, limits_alone } = reference;
  const what = limits_alone ? words.limitsAlone(count, source) : words.source(count, source);
  const all = window.recent_prediction_count;
  return version !== null && judged < all ? `${what} ${words.judgedOf(version, judged, all)}` : what;
}

/** The limit of an indicator: `below 60%`. */
export function describeLimit({ direction, threshold, unit }: DriftIndicator, language: Language): string {
  return wordsOf(language).indicator[direction](formatIndicatorValue(threshold, unit, language));
}

/** The verdict on one indicator in words. */
export function describeIndicatorVerdict(indicator: DriftIndicator, language: Language): string {
  const words = wordsOf(language).indicator;
  if (indicator.drifted === null) return words.unjudged;
  const usual =
    indicator.reference_value === null
      ? null
      : formatIndicatorValue(indicator.reference_value, indicator.unit, language);
  if (indicator.expected && usual !== null) return words.expected(usual);
  const limit = describeLimit(indicator, language);
  if (!indicator.drifted) return words.ok(limit);
  return usual === null ? words.drifted(limit) : words.driftedFrom(limit, usual);
}
