import type { BinnedValues, LeastSure, PredictionGroup, SampledRecord } from "../../schemas/hour-summary.ts";
import { classesOf, isByChallenger, type PredictionRecord } from "../../schemas/inference-record.ts";
import { listFigures } from "../figures/figures.ts";
import { isDark } from "../rules/dark-pictures.ts";
import { fingerprintOf } from "../rules/identical-pictures.ts";
import { isPlain } from "../rules/plain-pictures.ts";
import { computeAutocorrelationTime } from "../statistics/autocorrelation-time.ts";
import { binValues, mergeBinnedValues } from "./binned-values.ts";
import { addCounts, countNames, keepFrequent } from "./counts.ts";
import { hashText } from "./hash-text.ts";

/** How many candidates for the picture sent most often are kept: a count is then off by at most 1 % of all. */
const frequentPictures = 100;
const sampledRecords = 200;
const leastSureAnswers = 10;
const countedSessions = 256;

type Origin = Pick<PredictionGroup, "model_version" | "deployment">;

/** @param records of one origin, oldest first; not empty */
export function summariseGroup(records: readonly PredictionRecord[], origin: Origin): PredictionGroup {
  const measured = records.filter((record) => record.image_measures !== undefined);
  const classes = records.map(classesOf);
  return {
    ...origin,
    predictions: records.length,
    first_timestamp_ms: (records[0] as PredictionRecord).timestamp_ms,
    last_timestamp_ms: (records.at(-1) as PredictionRecord).timestamp_ms,
    served_until_ms: records.findLast((record) => !isByChallenger(record))?.timestamp_ms ?? 0,
    class_counts: countNames(classes.flat()),
    class_autocorrelation_time: computeClassTime(classes),
    decision_counts: countNames(records.flatMap(({ decision }) => decision ?? [])),
    figures: summariseFigures(records),
    pictures: {
      measured: measured.length,
      dark: measured.filter(isDark).length,
      plain: measured.filter(isPlain).length,
      repeated: keepFrequent(
        countNames(measured.map((record) => hashText(fingerprintOf(record) ?? "").toString(36))),
        frequentPictures,
      ),
    },
    session_hashes: smallest([...new Set(records.map((record) => record.session_id))].map(hashText)),
    least_sure: keepLeastSure(records.map(describeAnswer)),
    sample: keepSample(records.map(sampleOf)),
  };
}

/** Adds two groups. Their origins may differ; the first one's is kept. */
export function mergeGroups(first: PredictionGroup, second: PredictionGroup): PredictionGroup {
  const predictions = first.predictions + second.predictions;
  const weigh = (a: number, b: number) => (a * first.predictions + b * second.predictions) / predictions;
  return {
    model_version: first.model_version,
    deployment: first.deployment,
    predictions,
    first_timestamp_ms: Math.min(first.first_timestamp_ms, second.first_timestamp_ms),
    last_timestamp_ms: Math.max(first.last_timestamp_ms, second.last_timestamp_ms),
    served_until_ms: Math.max(servedUntil(first), servedUntil(second)),
    class_counts: addCounts(first.class_counts, second.class_counts),
    class_autocorrelation_time: weigh(first.class_autocorrelation_time, second.class_autocorrelation_time),
    decision_counts: addCounts(first.decision_counts, second.decision_counts),
    figures: mergeFigures(first.figures, second.figures),
    pictures: {
      measured: first.pictures.measured + second.pictures.measured,
      dark: first.pictures.dark + second.pictures.dark,
      plain: first.pictures.plain + second.pictures.plain,
      repeated: keepFrequent(addCounts(first.pictures.repeated, second.pictures.repeated), frequentPictures),
    },
    session_hashes: smallest([...new Set([...first.session_hashes, ...second.session_hashes])]),
    least_sure: keepLeastSure([...first.least_sure, ...second.least_sure]),
    sample: keepSample([...first.sample, ...second.sample]),
  };
}

/** Time of the newest answer that is not a challenger's, 0 where all are; older summaries know of no challengers. */
export const servedUntil = ({ served_until_ms, last_timestamp_ms }: PredictionGroup): number =>
  served_until_ms ?? last_timestamp_ms;

/** How many sessions there were: exact below 256, an estimate from there on (Bar-Yossef et al. 2002). */
export function countSessions({ session_hashes: hashes }: PredictionGroup): number {
  if (hashes.length < countedSessions) return hashes.length;
  return Math.round((countedSessions - 1) / ((hashes.at(-1) as number) / 2 ** 53));
}

function summariseFigures(records: readonly PredictionRecord[]): Record<string, BinnedValues> {
  const labels = [...new Set(records.flatMap((record) => Object.keys(record.probabilities)))].sort();
  return Object.fromEntries(
    listFigures(labels).flatMap(({ name, read, bins }) => {
      const values = records.map(read).filter((value) => value !== undefined);
      return values.length === 0 ? [] : [[name, binValues(values, bins)]];
    }),
  );
}

function mergeFigures(
  first: PredictionGroup["figures"],
  second: PredictionGroup["figures"],
): PredictionGroup["figures"] {
  const merged = { ...first };
  for (const [name, values] of Object.entries(second)) {
    const before = merged[name];
    merged[name] = before === undefined ? values : mergeBinnedValues(before, values);
  }
  return merged;
}

/** The longest autocorrelation time of any class, with 1 where an answer names it and 0 elsewhere; at least 1. */
export function computeClassTime(answers: readonly (readonly string[])[]): number {
  const labels = [...new Set(answers.flat())];
  return Math.max(
    1,
    ...labels.map((label) =>
      computeAutocorrelationTime(answers.map((named) => (named.includes(label) ? 1 : 0))),
    ),
  );
}

export const describeAnswer = (record: PredictionRecord): LeastSure => {
  const { prediction_id, timestamp_ms, predicted_class, predicted_classes, confidence } = record;
  return {
    ...{ prediction_id, timestamp_ms, predicted_class, confidence },
    ...(predicted_classes && { predicted_classes }),
  };
};

const sampleOf = (record: PredictionRecord): SampledRecord => {
  const { timestamp_ms, probabilities, predicted_class, confidence, inference_time_ms } = record;
  const { image_measures, feature_projection, model } = record;
  const order = hashText(record.record_id);
  return {
    order,
    timestamp_ms,
    probabilities,
    predicted_class,
    confidence,
    inference_time_ms,
    ...(image_measures && { image_measures }),
    ...(feature_projection && { feature_projection }),
    model_version: `${model.name}/${model.version}`,
  };
};

export const keepLeastSure = (answers: readonly LeastSure[]): LeastSure[] =>
  [...answers]
    .sort((a, b) => a.confidence - b.confidence || (a.prediction_id < b.prediction_id ? -1 : 1))
    .slice(0, leastSureAnswers);

const keepSample = (records: readonly SampledRecord[]): SampledRecord[] =>
  [...records].sort((a, b) => a.order - b.order).slice(0, sampledRecords);

const smallest = (hashes: readonly number[]): number[] =>
  [...hashes].sort((a, b) => a - b).slice(0, countedSessions);
