import type { HourSummary, PredictionGroup } from "../../schemas/hour-summary.ts";
import {
  type InferenceLogRecord,
  isByChallenger,
  isUngradableRefusal,
  type PredictionRecord,
} from "../../schemas/inference-record.ts";
import { addCounts, countNames } from "./counts.ts";
import { mergeGroups, summariseGroup } from "./prediction-group.ts";

/**
 * Summarises the predictions among records, so that hours, days and months of any number of predictions can be analysed
 * in the same time and memory. Merging the summaries of two halves (`mergeSummaries`) summarises the whole; only
 * autocorrelation times are then averages.
 *
 * Counts, means, deviations, smallest and largest values, and the ten least sure answers are exact. A single value is
 * known only to its bin (`figures/*.ts`: 0.25 points of confidence, 1/512 of a probability, 2 % of a time), a picture
 * that is sent again and again to 1 % of all pictures, more than 256 sessions to about 6 %. docs/drift.md has
 * measurements of what that does to the statistics of a report.
 *
 * @param records of any kinds, in any order; each once
 */
export function summariseRecords(records: readonly InferenceLogRecord[]): HourSummary {
  const predictions = records.filter((record) => record.kind === "prediction").sort(byTime);
  const groups = Map.groupBy(predictions, (record) => `${nameModelVersion(record)}\n${record.environment}`);
  const refused = records.filter(isUngradableRefusal).map(({ environment }) => environment);
  return {
    format: 1,
    ...(refused.length > 0 && { refused: countNames(refused) }),
    groups: [...groups.values()].map((group) => {
      const [first] = group as [PredictionRecord];
      return summariseGroup(group, {
        model_version: nameModelVersion(first),
        deployment: first.environment,
      });
    }),
  };
}

/** Adds two summaries. A record that is in both is counted twice. */
export function mergeSummaries(first: HourSummary, second: HourSummary): HourSummary {
  const groups = Map.groupBy(
    [...first.groups, ...second.groups],
    ({ model_version, deployment }) => `${model_version}\n${deployment}`,
  );
  const refused = addCounts(first.refused ?? {}, second.refused ?? {});
  return {
    format: 1,
    ...(Object.keys(refused).length > 0 && { refused }),
    groups: [...groups.values()].map((same) => (same as [PredictionGroup]).reduce(mergeGroups)),
  };
}

export const nameModelVersion = ({ model }: PredictionRecord) => `${model.name}/${model.version}`;

/**
 * `name/version` of the version that serves: of the newest record that is not a challenger's, where there is one.
 *
 * @param records oldest first
 */
export function nameServingVersion(records: readonly PredictionRecord[]): string | undefined {
  const newest = records.findLast((record) => !isByChallenger(record)) ?? records.at(-1);
  return newest && nameModelVersion(newest);
}

const byTime = (first: PredictionRecord, second: PredictionRecord) =>
  first.timestamp_ms - second.timestamp_ms || (first.record_id < second.record_id ? -1 : 1);
