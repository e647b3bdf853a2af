import type { ComparisonReport, Guardrail } from "../schemas/comparison-report.ts";
import { classesOf, type PredictionRecord } from "../schemas/inference-record.ts";
import { estimateProportion } from "../statistics/proportion-interval.ts";
import { type ArmTrial, testArms, testSampleRatio } from "./arm-test.ts";
import { createBinomialTest, pValueOf } from "./e-process.ts";

/** With a p-value below this the arms did not get the intended shares. */
export const sampleRatioLevel = 0.001;
/** A guardrail ends a test when a p-value is no larger than this, at any look. */
const guardrailLevel = 0.01;
/** Share of its requests on which a challenger may fail. */
const toleratedFailures = 0.01;
/** By how much its share of unsure or ungradable answers may exceed the champion's. */
const toleratedUnsure = 0.1;
/** Its median may be slower by this factor or by this many milliseconds, whichever is more. */
const toleratedSlowdown = 1.5;
const toleratedSlowdownMs = 20;
const minimumAnswers = 100;
/**
 * So many answers in a row of the champion's arm, all by other versions, mean that another champion served then. Fewer come from
 * an environment that has not loaded the champion yet, or whose champion failed.
 */
export const takeoverAnswers = 20;

type AbTest = NonNullable<ComparisonReport["ab_test"]>;
type Assigned = PredictionRecord & { experiment: NonNullable<PredictionRecord["experiment"]> };

interface Answers {
  predictions: readonly PredictionRecord[];
  /** In the order in which predictions got their first label. */
  labels: ReadonlyMap<string, string>;
  /** Milliseconds since 1970; earlier requests are not of the test. */
  testSinceMs?: number | undefined;
}

/**
 * Whether an answer belongs to the test of this challenger of the registered model. The packaged model's do, too: they tell where
 * the champion did not serve.
 */
export const isOfTest = (
  { model, experiment }: PredictionRecord,
  name: string,
  challenger: string,
): boolean =>
  experiment?.challenger_version === challenger && (model.name === name || model.source === "local_file");

/** Whether this version of the registry answered; the packaged model may have the same number. */
export const isBy = ({ source, version: number }: PredictionRecord["model"], version: string): boolean =>
  source !== "local_file" && number === version;

/**
 * Judges the A/B test of a challenger by the requests that were assigned to its arms. Only the first answer to each
 * unit (key or photograph) counts: later ones depend on it. After a change of the share or of the champion only the
 * requests since then count, and none of an environment in which another version serves.
 *
 * @returns null when this champion answered no request of the test, or none since another one took over
 */
export function judgeAbTest(
  { predictions, labels, testSinceMs = 0 }: Answers,
  [champion, challenger]: readonly [string, string],
): AbTest | null {
  const ofChallenger = predictions
    .filter((record): record is Assigned => record.experiment?.challenger_version === challenger)
    .filter((record) => record.timestamp_ms >= testSinceMs)
    .sort((a, b) => a.timestamp_ms - b.timestamp_ms);
  const assigned = leaveOutOthers(ofChallenger.slice(endOfTakeover(ofChallenger, champion)), champion);
  if (assigned.every(isChallengers)) return null;
  const share = assigned.at(-1)?.experiment.share;
  if (share === undefined) return null;
  const changedAt = assigned.findLastIndex(({ experiment }) => experiment.share !== share);
  const units = takeFirsts(assigned.slice(changedAt + 1));
  const judged = units.filter(({ decision }) => decision !== undefined);
  const unitOf = new Map(units.map((record) => [record.prediction_id, record]));
  const labelled = [...labels].flatMap(([id, label]) => {
    const record = unitOf.get(id);
    if (record === undefined) return [];
    return [{ isChallenger: isChallengers(record), isEvent: !classesOf(record).includes(label) }];
  });
  return {
    share,
    units: units.length,
    challenger_units: units.filter(isChallengers).length,
    sample_ratio: testSampleRatio(units.map(isChallengers), share),
    unsure: compareArms(
      judged.map((record) => ({ isChallenger: isChallengers(record), isEvent: isUnsure(record) })),
      share,
    ),
    wrong: {
      ...compareArms(labelled, share),
      sample_ratio: testSampleRatio(
        labelled.map(({ isChallenger }) => isChallenger),
        share,
      ),
    },
    guardrails: judgeGuardrails(units, judged, challenger, share),
    ended: null,
  };
}

function compareArms(trials: readonly ArmTrial[], share: number): AbTest["unsure"] {
  const estimate = (ofChallenger: boolean) => {
    const arm = trials.filter(({ isChallenger }) => isChallenger === ofChallenger);
    return estimateProportion(arm.filter(({ isEvent }) => isEvent).length, arm.length);
  };
  return { ...testArms(trials, share), champion: estimate(false), challenger: estimate(true) };
}

/** Index after the last answers that another champion gave; 0 if none did. */
function endOfTakeover(assigned: readonly Assigned[], champion: string): number {
  let end = 0;
  let byOthers = 0;
  for (const [index, record] of assigned.entries()) {
    // The packaged model answers for want of a champion, and is never one itself.
    if (isChallengers(record) || record.model.source === "local_file") continue;
    byOthers = isBy(record.model, champion) ? 0 : byOthers + 1;
    if (byOthers >= takeoverAnswers) end = index + 1;
  }
  return end;
}

/**
 * Leaves out what an environment answered while another version than the champion served there: in both arms, so that they keep
 * their shares. Until its first answer in the champion's arm an environment serves what gave that answer.
 */
function leaveOutOthers(assigned: readonly Assigned[], champion: string): Assigned[] {
  const isServedIn = new Map<string, boolean>();
  for (const record of assigned) {
    if (!isChallengers(record) && !isServedIn.has(record.session_id))
      isServedIn.set(record.session_id, isBy(record.model, champion));
  }
  return assigned.filter((record) => {
    if (!isChallengers(record)) isServedIn.set(record.session_id, isBy(record.model, champion));
    return isServedIn.get(record.session_id) ?? true;
  });
}

const isChallengers = ({ experiment }: Assigned) => experiment.arm === "challenger";
/**
 * Ungradable answers count too: a version judges for itself what it can grade, and one that grades nothing is useless.
 */
const isUnsure = ({ decision }: PredictionRecord) => decision !== "confident";

function takeFirsts(records: readonly Assigned[]): Assigned[] {
  const firsts = new Map<string, Assigned>();
  for (const record of records) {
    if (!firsts.has(record.experiment.unit)) firsts.set(record.experiment.unit, record);
  }
  return [...firsts.values()];
}

function judgeGuardrails(
  units: readonly Assigned[],
  judged: readonly Assigned[],
  challenger: string,
  share: number,
): Guardrail[] {
  return [
    judgeSampleRatio(units, share),
    judgeFailures(units.filter(isChallengers), challenger),
    judgeLatency(units, challenger),
    judgeUnsure(judged, share),
  ];
}

/**
 * A photograph that the challenger refuses (INPUT_CHECK=reject) has no answer, so it shows only in the number of units.
 */
function judgeSampleRatio(units: readonly Assigned[], share: number): Guardrail {
  const count = units.filter(isChallengers).length;
  return {
    name: "sample_ratio",
    text: `The challenger's arm has ${count} of ${units.length} units, ${percent(count / units.length)}; intended ${percent(share)}`,
    isBroken: testSampleRatio(units.map(isChallengers), share).pValue < sampleRatioLevel,
  };
}

/** The challenger failed on a request when another version answered it. */
function judgeFailures(requests: readonly Assigned[], challenger: string): Guardrail {
  const test = createBinomialTest(toleratedFailures);
  let highest = 0;
  let failures = 0;
  for (const { model } of requests) {
    const hasFailed = !isBy(model, challenger);
    failures += Number(hasFailed);
    test.add(hasFailed);
    highest = Math.max(highest, test.logE());
  }
  return {
    name: "failures",
    text: `The challenger failed on ${failures} of ${requests.length} requests; at most ${toleratedFailures * 100} % are allowed`,
    isBroken: pValueOf(highest) <= guardrailLevel && failures / requests.length > toleratedFailures,
  };
}

function judgeLatency(units: readonly Assigned[], challenger: string): Guardrail {
  const mine = units.filter(({ model }) => isBy(model, challenger)).map(timeOf);
  const others = units.filter((record) => !isChallengers(record)).map(timeOf);
  const [slow, usual] = [medianOf(mine), medianOf(others)];
  const limit = Math.max(usual * toleratedSlowdown, usual + toleratedSlowdownMs);
  return {
    name: "latency",
    text:
      mine.length === 0 || others.length === 0
        ? "Not enough answers to compare"
        : `Median of the challenger ${slow.toFixed(1)} ms, of the champion ${usual.toFixed(1)} ms; at most ${limit.toFixed(1)} ms are allowed`,
    isBroken: Math.min(mine.length, others.length) >= minimumAnswers && slow > limit,
  };
}

const timeOf = ({ inference_time_ms: timeMs }: PredictionRecord) => timeMs;

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function judgeUnsure(judged: readonly Assigned[], share: number): Guardrail {
  const mine = judged.filter(isChallengers);
  const others = judged.filter((record) => !isChallengers(record));
  const shares = [mine, others].map((arm) =>
    arm.length === 0 ? 0 : arm.filter(isUnsure).length / arm.length,
  );
  const [challengers = 0, champions = 0] = shares;
  const { pValue } = testArms(
    judged.map((record) => ({ isChallenger: isChallengers(record), isEvent: isUnsure(record) })),
    share,
  );
  return {
    name: "unsure_answers",
    text: `Unsure or ungradable answers of the challenger ${percent(challengers)}, of the champion ${percent(champions)}; at most ${toleratedUnsure * 100} points more are allowed`,
    isBroken: challengers - champions > toleratedUnsure && pValue <= guardrailLevel,
  };
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
