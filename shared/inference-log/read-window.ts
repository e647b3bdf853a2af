import type { StoreLocation } from "../aws/store-location.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import type { InferenceLogRecord, PredictionRecord } from "../schemas/inference-record.ts";
import { dayLengthMs } from "../time/durations.ts";
import type { LogObject } from "./log-keys.ts";
import type { LogLine } from "./log-lines.ts";
import { readLogObject } from "./log-object.ts";
import { DamagedTableError } from "./table/parquet.ts";
import { type ListedLogObject, walkLogBackwards } from "./walk-log.ts";

const maximumParallelReads = 16;
/** Where many records are asked for, so many objects more may be read: not each of them holds one that is wanted. */
const defaultMaximumObjects = 2_000;
const defaultMaximumAgeMs = 30 * dayLengthMs;
/** The clock of another environment may be ahead by so much. */
export const clockSkewMs = 5 * 60_000;
const maximumAttempts = 3;
/** Longer than almost every record: the size of an object divided by this is the least number of records in it. */
const longRecordBytes = 2_000;

export interface LogWindow<R extends InferenceLogRecord = InferenceLogRecord> {
  /** Each record once, oldest first. */
  records: R[];
  /** Lines that are not records; they are left out. */
  brokenLines: number;
  objectsRead: number;
  /** False when the window holds more than is read at once: the oldest records are missing. */
  isComplete: boolean;
}

/**
 * The newest predictions of the whole service, over all sessions: at most `limit`, none older than `maximumAgeMs`
 * (30 days).
 *
 * @throws StorageError when S3 cannot be read
 */
export function readRecentPredictions(
  location: StoreLocation,
  {
    limit,
    nowMs,
    maximumAgeMs = defaultMaximumAgeMs,
    matches = () => true,
  }: {
    limit: number;
    nowMs: number;
    maximumAgeMs?: number;
    /** Which of them are wanted; default: all. */
    matches?: (record: PredictionRecord) => boolean;
  },
): Promise<LogWindow<PredictionRecord>> {
  return untilUndisturbed(async () => {
    const found = new Map<string, PredictionRecord>();
    const period = { fromMs: nowMs + clockSkewMs, sinceMs: nowMs - maximumAgeMs };
    const reading = await readBackwards(location, walkLogBackwards(location, period), {
      select: (object) => object.predictions > 0,
      keep: (record) => {
        if (record.kind === "prediction" && matches(record)) found.set(record.record_id, record);
      },
      // At worst each record lies in an object of its own.
      maximumObjects: limit + defaultMaximumObjects,
      isDone: (newestMs) => newestMs < nthNewest([...found.values()], limit),
    });
    return { ...reading, records: oldestFirst(found.values()).slice(-limit) };
  });
}

/**
 * The records since a moment, over all sessions; only the newest of them where they lie in more than `maximumObjects`
 * or are more than about `maximumRecords`. Objects of health checks alone are skipped: anybody may cause as many as they
 * like, and they must not push answers out of what is read.
 *
 * @throws StorageError when S3 cannot be read
 */
export function readRecords(
  location: StoreLocation,
  options: {
    sinceMs: number;
    nowMs: number;
    /** Which of the other objects are wanted; default: all. */
    select?: (object: LogObject) => boolean;
    maximumObjects?: number;
    maximumRecords?: number;
  },
): Promise<LogWindow> {
  const { sinceMs, nowMs, select = () => true, maximumObjects } = options;
  const { maximumRecords = Number.POSITIVE_INFINITY } = options;
  return untilUndisturbed(async () => {
    const found = new Map<string, InferenceLogRecord>();
    const groups = walkLogBackwards(location, { fromMs: nowMs + clockSkewMs, sinceMs });
    const reading = await readBackwards(location, groups, {
      select: (object) => !object.isHealthOnly && select(object),
      keep: (record) => {
        if (record.timestamp_ms >= sinceMs) found.set(record.record_id, record);
      },
      takeAffordable: (ahead) => takeAffordable(ahead, maximumRecords - found.size),
      maximumObjects,
    });
    return { ...reading, records: oldestFirst(found.values()) };
  });
}

interface BackwardsReading {
  /** Which objects to read; default: all. */
  select?: ((object: LogObject) => boolean) | undefined;
  keep: (record: InferenceLogRecord) => void;
  /** @param newestMs no record of the objects ahead is newer */
  isDone?: (newestMs: number) => boolean;
  /** As many of the objects ahead, from the first, as may be read. */
  takeAffordable?: (ahead: ListedLogObject[]) => ListedLogObject[];
  maximumObjects?: number | undefined;
}

/**
 * Reads objects one after the other until there is enough.
 *
 * @param groups objects, newest first
 * @throws LogChangedError when one is gone; StorageError when S3 cannot be read
 */
export async function readBackwards(
  location: StoreLocation,
  groups: AsyncIterable<ListedLogObject[]> | Iterable<ListedLogObject[]>,
  reading: BackwardsReading,
) {
  const { select = () => true, maximumObjects = defaultMaximumObjects } = reading;
  let brokenLines = 0;
  let objectsRead = 0;
  for await (const group of groups) {
    const wanted = group.filter(select);
    for (let start = 0; start < wanted.length; start += maximumParallelReads) {
      const ahead = wanted.slice(start, start + maximumParallelReads);
      if (reading.isDone?.(newestOf(ahead))) return { brokenLines, objectsRead, isComplete: true };
      if (objectsRead >= maximumObjects) return { brokenLines, objectsRead, isComplete: false };
      const affordable = reading.takeAffordable?.(ahead) ?? ahead;
      const lines = (
        await mapInParallel(affordable, maximumParallelReads, (object) => readListedObject(location, object))
      ).flat();
      objectsRead += affordable.length;
      for (const { record } of lines) {
        if (record === undefined) brokenLines += 1;
        else reading.keep(record);
      }
      if (affordable.length < ahead.length) return { brokenLines, objectsRead, isComplete: false };
    }
  }
  return { brokenLines, objectsRead, isComplete: true };
}

/** Nobody can say how many lines a damaged file held: it counts as one. */
const brokenLine: LogLine = { text: "", record: undefined };

/** An object that was listed is gone: its records are now in a compacted one. */
class LogChangedError extends Error {
  override name = "LogChangedError";
}

/**
 * The lines of an object that was listed; one broken line where it is damaged.
 *
 * @throws LogChangedError, for `untilUndisturbed`, when it is gone; StorageError when S3 cannot be read
 */
export async function readListedObject(location: StoreLocation, { key }: LogObject): Promise<LogLine[]> {
  const lines = await readLogObject(location, key).catch((error: unknown) => {
    if (error instanceof DamagedTableError) return [brokenLine];
    throw error;
  });
  if (lines === undefined)
    throw new LogChangedError(`s3://${location.bucket}/${key} was compacted while it was read`);
  return lines;
}

/** Reads again, three times in all, when compaction took an object away between listing and reading. */
export async function untilUndisturbed<T>(readAll: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readAll();
    } catch (error) {
      if (!(error instanceof LogChangedError) || attempt === maximumAttempts) throw error;
    }
  }
}

/** Time of the oldest of the newest `count` records; minus infinity when there are fewer. */
function nthNewest(records: readonly InferenceLogRecord[], count: number): number {
  if (records.length < count) return Number.NEGATIVE_INFINITY;
  const times = records.map((record) => record.timestamp_ms).sort((a, b) => b - a);
  return times[count - 1] ?? Number.NEGATIVE_INFINITY;
}

const newestOf = (objects: readonly LogObject[]) => Math.max(...objects.map(({ newestMs }) => newestMs));

/** Objects, from the first on, that together hold at most about `limit` records. */
export function takeAffordable(objects: ListedLogObject[], limit: number): ListedLogObject[] {
  let sum = 0;
  const end = objects.findIndex(({ predictions, sizeBytes }) => {
    // The key counts predictions only; the size tells of other records, which are mostly health checks.
    sum += Math.max(Number.isFinite(predictions) ? predictions : 0, Math.floor(sizeBytes / longRecordBytes));
    return sum > limit;
  });
  return end === -1 ? objects : objects.slice(0, end);
}

const oldestFirst = <R extends InferenceLogRecord>(records: Iterable<R>): R[] =>
  [...records].sort((a, b) => a.timestamp_ms - b.timestamp_ms);
