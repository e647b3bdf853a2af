import type { StoreLocation } from "../../aws/store-location.ts";
import type { ObjectLines } from "../../inference-log/compact.ts";
import { compactWithJournal, finishCompaction } from "../../inference-log/compaction-journal.ts";
import { dayPrefix, logPrefix, parseLogKey } from "../../inference-log/log-keys.ts";
import { readLogObject } from "../../inference-log/log-object.ts";
import {
  largest,
  newestTotals,
  type SessionTotalsObject,
} from "../../inference-log/totals/session-totals.ts";
import type { ListedLogObject } from "../../inference-log/walk-log.ts";
import { mapInParallel } from "../../resilience/in-parallel.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import type { Log } from "../../schemas/log.ts";
import { dayLengthMs, hourLengthMs } from "../../time/durations.ts";
import type { Reconciler } from "../reconcile.ts";
import type { MaintenanceReport } from "./maintenance-report.ts";

const maximumParallelReads = 64;
/** What a function can hold in memory at once, with what it derives from it. */
const maximumObjectsAtOnce = 25_000;
const maximumBytesAtOnce = 48 * 1024 * 1024;
const lookBackMs = 30 * dayLengthMs;
/** A session sends its own records; only older ones are reconciled. */
const graceMs = 2 * 60_000;
/** How long after its end an hour may still get records. */
const closedAfterMs = 15 * 60_000;

export interface ObjectMaintenanceOptions {
  location: StoreLocation;
  /** Absent when tracking is off. */
  reconciler: Reconciler | undefined;
  /** Output: the time of each session's newest record, milliseconds since 1970. */
  newestRecordMs: Map<string, number>;
  /** Output: the newest totals of each session. */
  newestTotals: Map<string, SessionTotalsObject>;
  report: MaintenanceReport;
  log: Log;
  nowMs: number;
  isTimeUp: () => boolean;
}

/**
 * Reconciles the log's objects that are not compacted, oldest hour first, and compacts those of closed hours.
 *
 * @returns whether the time was enough for all of them
 * @throws StorageError when S3 cannot be used; MlflowError or RunGoneError when MLflow fails
 */
export async function maintainObjects(options: ObjectMaintenanceOptions): Promise<boolean> {
  const { location, nowMs, isTimeUp } = options;
  await finishCompaction(location);
  for (const [hourMs, objects] of await listByHour(location, nowMs)) {
    for (const part of divide(objects)) {
      if (isTimeUp()) return false;
      const contents = await readObjects(location, part);
      await reconcileObjects(contents, options);
      if (contents.length > 0 && nowMs > hourMs + hourLengthMs + closedAfterMs) {
        await compactWithJournal(location, hourMs, contents);
        options.report.objectsCompacted += contents.length;
      }
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
  const startAfter = dayPrefix(prefix, nowMs - lookBackMs);
  for await (const { key, sizeBytes } of store.listObjects(bucket, {
    prefix: logPrefix(prefix),
    startAfter,
  })) {
    const object = parseLogKey(key);
    if (object !== undefined && !object.compacted && object.newestMs < nowMs - graceMs)
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

async function readObjects(
  location: StoreLocation,
  objects: readonly ListedLogObject[],
): Promise<ObjectLines[]> {
  const contents = await mapInParallel(objects, maximumParallelReads, async ({ key }) => {
    const lines = await readLogObject(location, key);
    return lines && { key, lines };
  });
  return contents.filter((content) => content !== undefined);
}

/** Sends to MLflow what it lacks of the objects' records, and notes what they say of their sessions. */
export async function reconcileObjects(
  contents: readonly ObjectLines[],
  { reconciler, newestRecordMs, newestTotals: totals, report, log }: ObjectMaintenanceOptions,
): Promise<void> {
  const lines = contents.flatMap((object) => object.lines);
  const records = lines.map((line) => line.record).filter((record) => record !== undefined);
  report.objectsRead += contents.length;
  report.brokenLines += lines.length - records.length;
  noteNewest(newestRecordMs, records);
  for (const [id, newest] of newestTotals(records)) totals.set(id, largest(totals.get(id), newest));
  if (reconciler === undefined) return;
  const { sent, refused } = await reconciler.reconcile(records);
  report.recordsSent += sent;
  report.recordsRefused += refused.length;
  for (const { record, reason } of refused) {
    log.warn("MLflow refused a record", { record_id: record.record_id, kind: record.kind, reason });
  }
}

function noteNewest(newestRecordMs: Map<string, number>, records: readonly InferenceLogRecord[]): void {
  for (const { session_id: sessionId, timestamp_ms: timestampMs } of records) {
    newestRecordMs.set(sessionId, Math.max(newestRecordMs.get(sessionId) ?? 0, timestampMs));
  }
}
