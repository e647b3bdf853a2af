import { StorageError } from "../aws/storage-error.ts";
import type { StoreLocation } from "../aws/store-location.ts";
import { mapInParallel } from "../resilience/in-parallel.ts";
import type { Log } from "../schemas/log.ts";
import { dayLengthMs, hourLengthMs, minuteLengthMs, startOfMinute } from "../time/durations.ts";
import type { ObjectLines } from "./compact.ts";
import { compactWithJournal, finishCompaction } from "./compaction-journal.ts";
import { logDayPrefix, logPrefix, parseLogKey } from "./log-keys.ts";
import { parseLogLines } from "./log-lines.ts";
import type { ListedLogObject } from "./walk-log.ts";

const maximumParallelReads = 64;
/** What a function can hold in memory at once, with what it derives from it. */
const maximumObjectsAtOnce = 25_000;
const maximumBytesAtOnce = 48 * 1024 * 1024;
const lookBackMs = 30 * dayLengthMs;
/** A session sends its own records to MLflow; only older ones are read here, those of whole minutes. */
const graceMs = 2 * minuteLengthMs;
/** How long after its end an hour may still get records. */
const closedAfterMs = 15 * 60_000;

export interface CompactionOptions {
  location: StoreLocation;
  /**
   * Gets the records of some objects before they may be compacted, and returns the objects that may: fewer when its time
   * was up, which ends the work, as does what it throws.
   */
  onObjects: (contents: readonly ObjectLines[]) => Promise<readonly ObjectLines[]>;
  /** Output: how many objects were compacted. */
  report: { objectsCompacted: number };
  log: Log;
  nowMs: number;
  isTimeUp: () => boolean;
}

/**
 * Goes through the log's objects that are not compacted, oldest hour first, and compacts those of closed hours.
 *
 * @returns whether the time was enough for all of them
 * @throws StorageError when S3 cannot be used
 */
export async function compactHours({
  location,
  onObjects,
  report,
  log,
  nowMs,
  isTimeUp,
}: CompactionOptions): Promise<boolean> {
  await finishCompaction(location, log);
  for (const [hourMs, objects] of await listByHour(location, nowMs)) {
    for (const part of divide(objects)) {
      if (isTimeUp()) return false;
      const contents = await readObjects(location, part);
      const ready = await onObjects(contents);
      if (ready.length > 0 && nowMs > hourMs + hourLengthMs + closedAfterMs) {
        await compactWithJournal(location, hourMs, ready);
        report.objectsCompacted += ready.length;
      }
      if (ready.length < contents.length) return false;
    }
  }
  return true;
}

/** Objects that are not compacted and not too new, by hour, oldest first. */
async function listByHour(
  { store, bucket, prefix }: StoreLocation,
  nowMs: number,
): Promise<Map<number, ListedLogObject[]>> {
  const objects: ListedLogObject[] = [];
  const startAfter = logDayPrefix(prefix, nowMs - lookBackMs);
  const endMs = startOfMinute(nowMs - graceMs);
  for await (const { key, sizeBytes } of store.listObjects(bucket, {
    prefix: logPrefix(prefix),
    startAfter,
  })) {
    const object = parseLogKey(key);
    if (object !== undefined && !object.compacted && object.newestMs < endMs)
      objects.push({ ...object, sizeBytes });
  }
  return Map.groupBy(objects, (object) => object.hourMs);
}

/** Parts that fit into memory. */
function* divide(objects: readonly ListedLogObject[]): Generator<ListedLogObject[]> {
  let part: ListedLogObject[] = [];
  let bytes = 0;
  for (const object of objects) {
    if (
      part.length === maximumObjectsAtOnce ||
      (part.length > 0 && bytes + object.sizeBytes > maximumBytesAtOnce)
    ) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(object);
    bytes += object.sizeBytes;
  }
  if (part.length > 0) yield part;
}

/** @throws StorageError for an object of another size than listed: what is compacted is deleted */
async function readObjects(
  { store, bucket }: StoreLocation,
  objects: readonly ListedLogObject[],
): Promise<ObjectLines[]> {
  const contents = await mapInParallel(objects, maximumParallelReads, async ({ key, sizeBytes }) => {
    const object = await store.getObject(bucket, key);
    if (object === undefined) return undefined;
    const received = object.bytes.length;
    if (received !== sizeBytes)
      throw new StorageError(
        "GetObject",
        `s3://${bucket}/${key}`,
        `expected ${sizeBytes} bytes but received ${received}`,
      );
    return { key, lines: parseLogLines(object.bytes) };
  });
  return contents.filter((content) => content !== undefined);
}
