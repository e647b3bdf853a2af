import type { StoreLocation } from "../../aws/store-location.ts";
import type { InferenceLogRecord } from "../../contracts/inference-record.ts";
import type { Log } from "../../contracts/log.ts";
import { compactObjects, type ObjectLines } from "../../inference-log/compact.ts";
import {
  dayPrefix,
  hourLengthMs,
  type LogObject,
  logPrefix,
  parseLogKey,
} from "../../inference-log/log-keys.ts";
import { parseLogLines } from "../../inference-log/log-lines.ts";
import {
  largest,
  newestTotals,
  type SessionTotalsObject,
} from "../../inference-log/totals/session-totals.ts";
import { mapInParallel } from "../../resilience/in-parallel.ts";
import type { Reconciler } from "../reconcile.ts";
import type { MaintenanceReport } from "./maintenance-report.ts";

const maximumParallelReads = 16;
const maximumObjectsAtOnce = 5_000;
const lookBackMs = 30 * 24 * hourLengthMs;
/** A session sends its records itself; only what is older is looked after. */
const graceMs = 2 * 60_000;
/** How long after its end an hour may still get records. */
const closedAfterMs = 15 * 60_000;

export interface ObjectMaintenanceOptions {
  location: StoreLocation;
  /** Absent when tracking is off. */
  reconciler: Reconciler | undefined;
  /** Told the time of every session's newest record, milliseconds since 1970. */
  newestRecordMs: Map<string, number>;
  /** Told the newest totals of every session. */
  newestTotals: Map<string, SessionTotalsObject>;
  report: MaintenanceReport;
  log: Log;
  nowMs: number;
  isTimeUp: () => boolean;
}

/**
 * Reconciles the log's objects that are not compacted, oldest hour first, and compacts those of closed hours.
 *
 * @returns whether time was enough for all
 */
export async function maintainObjects(options: ObjectMaintenanceOptions): Promise<boolean> {
  const { location, nowMs, isTimeUp } = options;
  for (const [hourMs, objects] of await listByHour(location, nowMs)) {
    for (let start = 0; start < objects.length; start += maximumObjectsAtOnce) {
      if (isTimeUp()) return false;
      const contents = await readObjects(location, objects.slice(start, start + maximumObjectsAtOnce));
      await reconcileObjects(contents, options);
      if (contents.length > 0 && nowMs > hourMs + hourLengthMs + closedAfterMs) {
        await compactObjects(location, hourMs, contents);
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
): Promise<Map<number, LogObject[]>> {
  const objects: LogObject[] = [];
  const startAfter = dayPrefix(prefix, nowMs - lookBackMs);
  for await (const { key } of store.listObjects(bucket, { prefix: logPrefix(prefix), startAfter })) {
    const object = parseLogKey(key);
    if (object !== undefined && !object.compacted && object.newestMs < nowMs - graceMs) objects.push(object);
  }
  return Map.groupBy(objects, (object) => object.hourMs);
}

async function readObjects(
  { store, bucket }: StoreLocation,
  objects: readonly LogObject[],
): Promise<ObjectLines[]> {
  const contents = await mapInParallel(objects, maximumParallelReads, async ({ key }) => {
    const object = await store.getObject(bucket, key);
    return object && { key, lines: parseLogLines(object.bytes) };
  });
  return contents.filter((content) => content !== undefined);
}

async function reconcileObjects(
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
