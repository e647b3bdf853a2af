import { timeOfPredictionId } from "../schemas/prediction-id.ts";
import { isoDay } from "../time/iso-day.ts";

const folder = "labels/";
const keyPattern = /labels\/date=\d{4}-\d{2}-\d{2}\/([0-9a-f-]{36})-(\d{4})\.json$/;

export const labelsPrefix = (prefix: string) => `${prefix}${folder}`;

/** Prefix of all labels of the predictions of one day (UTC). */
export const labelDayPrefix = (prefix: string, timestampMs: number) =>
  `${prefix}${folder}date=${isoDay(timestampMs)}/`;

/** Prefix of all labels of one prediction; undefined for an id that contains no time. */
export function predictionPrefix(prefix: string, predictionId: string): string | undefined {
  const timestampMs = timeOfPredictionId(predictionId);
  return timestampMs === undefined ? undefined : `${labelDayPrefix(prefix, timestampMs)}${predictionId}-`;
}

export const labelKey = (predictionPrefix: string, revision: number) =>
  `${predictionPrefix}${String(revision).padStart(4, "0")}.json`;

/** Undefined for a key that is not a label's. */
export function parseLabelKey(key: string): { predictionId: string; revision: number } | undefined {
  const [, predictionId, revision] = keyPattern.exec(key) ?? [];
  return predictionId === undefined ? undefined : { predictionId, revision: Number(revision) };
}
