import type { StoreLocation } from "../aws/store-location.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import type { PredictionRecord } from "../schemas/inference-record.ts";
import { timeOfPredictionId } from "../schemas/prediction-id.ts";
import { hourLengthMs } from "../time/durations.ts";
import {
  compactedPrefix,
  deliveredPrefix,
  hourPrefix,
  type LogObject,
  longestDeliveryMs,
  parseLogKey,
  startOfHour,
  tableHourPrefix,
} from "./log-keys.ts";
import { readLogObject } from "./log-object.ts";

const parallelReads = 16;
/** A record is written within seconds of its request, so it lies in the first objects after that moment. */
const maximumObjects = 1_000;
/** A request may begin in one hour and be recorded in the next. */
const longestRequestMs = 60_000;

/**
 * The record of one prediction. Its id says when it was asked for, so only objects written from then on are read; of an
 * hour that is compacted, only the compacted ones. No other record is parsed.
 *
 * @param readObject for many predictions of the same hours: a reader that remembers what it read
 * @returns undefined when the log has no such record, and for ids that are not UUIDs of version 7 and so carry no time
 * @throws StorageError when S3 cannot be read
 */
export async function findPrediction(
  location: StoreLocation,
  predictionId: string,
  readObject: typeof readLogObject = readLogObject,
): Promise<PredictionRecord | undefined> {
  const askedMs = timeOfPredictionId(predictionId);
  if (askedMs === undefined) return undefined;
  const firstHourMs = startOfHour(askedMs);
  const hours = startOfHour(askedMs + longestRequestMs) === firstHourMs ? 1 : 2;
  // Compaction may remove an object between listing and reading: the second attempt finds the compacted one.
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    for (let hour = 0; hour < hours; hour += 1) {
      const found = await findInHour(
        { location, predictionId, askedMs, readObject },
        firstHourMs + hour * hourLengthMs,
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

interface Search {
  location: StoreLocation;
  predictionId: string;
  /** When its request came, milliseconds since 1970, by its id. */
  askedMs: number;
  readObject: typeof readLogObject;
}

async function findInHour(search: Search, hourMs: number): Promise<PredictionRecord | undefined> {
  for await (const keys of listCandidates(search.location, hourMs, search.askedMs)) {
    const found = await mapInParallel(keys, parallelReads, (key) => findInObject(search, key));
    const record = found.find((candidate) => candidate !== undefined);
    if (record !== undefined) return record;
  }
  return undefined;
}

/** Keys of the hour's compacted objects, then those of the others from the moment of the request on, a few at a time. */
async function* listCandidates({ store, bucket, prefix }: StoreLocation, hourMs: number, askedMs: number) {
  const compacted: string[] = [];
  for (const folder of [tableHourPrefix(prefix, hourMs), compactedPrefix(prefix, hourMs)])
    for await (const { key } of store.listObjects(bucket, { prefix: folder })) compacted.push(key);
  // One at a time: each may hold 25,000 records.
  for (const key of compacted) yield [key];
  const ofHour = hourPrefix(prefix, hourMs);
  const time = new Date(Math.max(askedMs, hourMs)).toISOString().slice(11, 23).replace(/[:.]/g, "");
  const places = [
    { prefix: ofHour, startAfter: ofHour + time },
    // An object from Firehose lies in the hour of its oldest record.
    { prefix: deliveredPrefix(prefix, hourMs - hourLengthMs) },
  ];
  for (const place of askedMs - hourMs < longestDeliveryMs ? places : places.slice(0, 1)) {
    let waiting: string[] = [];
    let listed = 0;
    for await (const { key } of store.listObjects(bucket, place)) {
      if (!mayHold(parseLogKey(key), askedMs)) continue;
      listed += 1;
      waiting.push(key);
      if (waiting.length === parallelReads) {
        yield waiting;
        waiting = [];
      }
      if (listed === maximumObjects) break;
    }
    yield waiting;
  }
}

function mayHold(object: LogObject | undefined, askedMs: number): boolean {
  if (object === undefined || object.compacted || object.predictions === 0) return false;
  if (Number.isFinite(object.predictions)) return true;
  // Delivered by Firehose: no record is older than the newest possible one by more than a delivery takes.
  const oldestMs = object.newestMs - longestDeliveryMs;
  return object.newestMs >= askedMs && oldestMs <= askedMs + longestRequestMs;
}

async function findInObject({ location, predictionId, readObject }: Search, key: string) {
  const lines = await readObject(location, key, [predictionId]);
  return lines?.find(({ record }) => record?.kind === "prediction" && record.prediction_id === predictionId)
    ?.record as PredictionRecord | undefined;
}
