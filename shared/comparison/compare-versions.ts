import type { ComparedVersion, ComparisonReport, DifferingAnswer } from "../schemas/comparison-report.ts";
import { classesOf, type PredictionRecord, type ShadowRecord } from "../schemas/inference-record.ts";
import { estimateProportion } from "../statistics/proportion-interval.ts";
import { testDiscordant } from "./arm-test.ts";
import { isBy, judgeAbTest } from "./judge-ab-test.ts";
import { type AnsweredPair, comparePairs } from "./paired-difference.ts";
import { computeRealisedFigures } from "./realised-figures.ts";

/** Most photographs that a report lists. */
const maximumListed = 200;

export interface LoggedAnswers {
  predictions: readonly PredictionRecord[];
  shadows: readonly ShadowRecord[];
  /** The current label of each labelled prediction, by its id, in the order in which predictions got their first label. */
  labels: ReadonlyMap<string, string>;
  /** Milliseconds since 1970; earlier requests are not of the A/B test. */
  testSinceMs?: number | undefined;
}

/** One answer of one version, given to a caller or in the shadow. */
interface Answer {
  predictionId: string;
  predictedClass: string;
  /** The classes that it names: of an answer in the shadow the first one alone, since its record has no others. */
  classes: readonly string[];
  confidence: number;
  decision: string | undefined;
  inferenceTimeMs: number;
}

/** Both versions' answers to one photograph. */
interface AnswerPair {
  predictionId: string;
  first: string;
  second: string;
  label: string | undefined;
}

/** Compares two versions by their answers in the log. Records of other versions are skipped. */
export function compareVersions(
  log: LoggedAnswers,
  [first, second]: readonly [string, string],
): Pick<ComparisonReport, "versions" | "agreement" | "differing" | "paired" | "ab_test"> {
  const pairs = pairAnswers(log, first, second);
  const agreeing = pairs.filter((pair) => pair.first === pair.second).length;
  return {
    versions: [describeVersion(log, first), describeVersion(log, second)],
    agreement: pairs.length === 0 ? null : estimateProportion(agreeing, pairs.length),
    differing: listDiffering(pairs),
    paired: compareLabelled(pairs, log),
    ab_test: judgeAbTest(log, [first, second]),
  };
}

function describeVersion(log: LoggedAnswers, version: string): ComparedVersion {
  const given = log.predictions.filter(({ model }) => isBy(model, version));
  const ofShadow = log.shadows.filter(({ model }) => model.version === version);
  const answers = [...given.map(fromPrediction), ...ofShadow.flatMap(fromShadow)];
  const gradable = answers.filter(({ decision }) => decision === "confident" || decision === "uncertain");
  const unsure = gradable.filter(({ decision }) => decision === "uncertain").length;
  const ungradable = answers.filter(({ decision }) => decision === "ungradable").length;
  const classes = [...new Set(given.flatMap(({ probabilities }) => Object.keys(probabilities)))];
  const named = [...new Set([...classes, ...answers.map(({ predictedClass }) => predictedClass)])];
  const shareOf = (name: string) =>
    answers.filter(({ classes }) => classes.includes(name)).length / answers.length;
  return {
    version,
    answers: given.length,
    shadow_answers: answers.length - given.length,
    failures: ofShadow.filter(({ answer }) => answer === null).length + countFallbacks(log, version),
    mean_confidence:
      answers.length === 0
        ? null
        : answers.reduce((sum, { confidence }) => sum + confidence, 0) / answers.length,
    unsure: estimateProportion(unsure, gradable.length),
    ungradable: estimateProportion(ungradable, gradable.length + ungradable),
    inference_time_ms: describeTimes(given.map(fromPrediction)),
    shadow_time_ms: describeTimes(ofShadow.flatMap(fromShadow)),
    class_ratio: answers.length === 0 ? {} : Object.fromEntries(named.map((name) => [name, shareOf(name)])),
    realised: computeRealisedFigures(
      answers.flatMap(({ predictionId, predictedClass, classes }) => {
        const label = log.labels.get(predictionId);
        if (label === undefined) return [];
        return [{ label, predicted_class: predictedClass, predicted_classes: classes }];
      }),
      classes,
    ),
  };
}

function describeTimes(answers: readonly Answer[]) {
  const times = answers.map(({ inferenceTimeMs }) => inferenceTimeMs).sort((a, b) => a - b);
  return { p50: quantileOf(times, 0.5), p95: quantileOf(times, 0.95) };
}

const fromPrediction = (record: PredictionRecord): Answer => ({
  predictionId: record.prediction_id,
  predictedClass: record.predicted_class,
  classes: classesOf(record),
  confidence: record.confidence,
  decision: record.decision,
  inferenceTimeMs: record.inference_time_ms,
});

function fromShadow({ prediction_id: predictionId, answer }: ShadowRecord): Answer[] {
  if (answer === null) return [];
  const {
    predicted_class: predictedClass,
    confidence,
    decision,
    inference_time_ms: inferenceTimeMs,
  } = answer;
  return [{ predictionId, predictedClass, classes: [predictedClass], confidence, decision, inferenceTimeMs }];
}

/** Number of requests that were assigned to a version and answered by another. */
export const countFallbacks = ({ predictions }: LoggedAnswers, version: string): number =>
  predictions.filter(
    ({ experiment, model }) =>
      experiment?.arm === "challenger" && experiment.challenger_version === version && !isBy(model, version),
  ).length;

/** Pairs for photographs that one version answered for a caller and the other in the shadow. */
function pairAnswers({ shadows, labels }: LoggedAnswers, first: string, second: string): AnswerPair[] {
  return shadows.flatMap(({ prediction_id: predictionId, model, champion, answer }) => {
    if (answer === null) return [];
    const label = labels.get(predictionId);
    const [given, shadow] = [champion.predicted_class, answer.predicted_class];
    if (champion.version === first && model.version === second)
      return [{ predictionId, first: given, second: shadow, label }];
    if (champion.version === second && model.version === first)
      return [{ predictionId, first: shadow, second: given, label }];
    return [];
  });
}

const listDiffering = (pairs: readonly AnswerPair[]): DifferingAnswer[] =>
  pairs
    .filter((pair) => pair.first !== pair.second)
    .slice(-maximumListed)
    .map(({ predictionId, first, second, label = null }) => ({ id: predictionId, first, second, label }));

/**
 * What labels say of the pairs. Tests and interval count the first labelled pair of each unit: of each key of an A/B test, else
 * of each picture, so that one that is sent again does not count twice. Without keys they hold only where each patient
 * has one photograph.
 */
function compareLabelled(pairs: readonly AnswerPair[], log: LoggedAnswers): ComparisonReport["paired"] {
  const places = new Map([...log.labels.keys()].map((id, place) => [id, place]));
  const placeOf = ({ predictionId }: AnswerPair) => places.get(predictionId) ?? 0;
  const labelled = pairs
    .flatMap(({ label, ...pair }) => (label === undefined ? [] : [{ ...pair, label }]))
    .sort((a, b) => placeOf(a) - placeOf(b));
  if (labelled.length === 0) return null;
  const units = nameUnits(log.predictions);
  const judged = new Map<string, AnsweredPair>();
  for (const { predictionId, first, second, label } of labelled) {
    const patient = units.get(predictionId) ?? predictionId;
    if (!judged.has(patient))
      judged.set(patient, { patient, isFirstRight: first === label, isSecondRight: second === label });
  }
  const counted = [...judged.values()];
  const discordant = counted.filter((pair) => pair.isFirstRight !== pair.isSecondRight);
  const classes = [...new Set(labelled.map(({ label }) => label))].sort();
  const realisedOf = (version: "first" | "second") =>
    computeRealisedFigures(
      labelled.map((pair) => ({ label: pair.label, predicted_class: pair[version] })),
      classes,
    );
  return {
    ...comparePairs(counted),
    sequential: testDiscordant(discordant.map(({ isSecondRight }) => isSecondRight)),
    realised: [realisedOf("first"), realisedOf("second")],
  };
}

/** Names who or what each prediction is about: by the key of an A/B test, else by all image measures, which no two pictures share. */
const nameUnits = (predictions: readonly PredictionRecord[]) =>
  new Map(
    predictions.map(({ prediction_id: id, experiment, image_measures: measures }) => [
      id,
      experiment?.unit ?? (measures && Object.values(measures).join(" ")) ?? id,
    ]),
  );

/** @param sorted ascending */
export function quantileOf(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
}
