import type { ObjectLines } from "../../inference-log/compact.ts";
import {
  largest,
  newestTotals,
  type SessionTotalsObject,
} from "../../inference-log/totals/session-totals.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import type { Log } from "../../schemas/log.ts";
import type { Reconciler } from "../sending/reconcile.ts";
import type { MaintenanceReport } from "./maintenance-report.ts";

export interface ReconciliationOptions {
  /** Absent when tracking is off. */
  reconciler: Reconciler | undefined;
  /** Output: the time of each session's newest record, milliseconds since 1970. */
  newestRecordMs: Map<string, number>;
  /** Output: the newest totals of each session. */
  newestTotals: Map<string, SessionTotalsObject>;
  report: MaintenanceReport;
  log: Log;
  isTimeUp: () => boolean;
}

/**
 * Sends to MLflow what it lacks of the objects' records, and notes what they say of their sessions.
 *
 * @returns the objects whose records have all been reconciled: fewer than were given when time is up
 * @throws MlflowError or RunGoneError when MLflow fails
 */
export async function reconcileObjects(
  contents: readonly ObjectLines[],
  { reconciler, newestRecordMs, newestTotals: totals, report, log, isTimeUp }: ReconciliationOptions,
): Promise<readonly ObjectLines[]> {
  const lines = contents.flatMap((object) => object.lines);
  const records = lines.map((line) => line.record).filter((record) => record !== undefined);
  report.objectsRead += contents.length;
  report.brokenLines += lines.length - records.length;
  noteNewest(newestRecordMs, records);
  for (const [id, newest] of newestTotals(records)) totals.set(id, largest(totals.get(id), newest));
  if (reconciler === undefined) return contents;
  const reconciled = new Set<string>();
  for (const [sessionId, ofSession] of Map.groupBy(records, ({ session_id }) => session_id)) {
    // A hundred sessions take a slow MLflow longer than a function may run.
    if (isTimeUp()) break;
    const { sent, refused } = await reconciler.reconcile(ofSession);
    report.recordsSent += sent;
    report.recordsRefused += refused.length;
    for (const { record, reason } of refused)
      log.warn("MLflow refused a record", { record_id: record.record_id, kind: record.kind, reason });
    reconciled.add(sessionId);
  }
  return contents.filter((object) =>
    object.lines.every(({ record }) => record === undefined || reconciled.has(record.session_id)),
  );
}

function noteNewest(newestRecordMs: Map<string, number>, records: readonly InferenceLogRecord[]): void {
  for (const { session_id: sessionId, timestamp_ms: timestampMs } of records) {
    newestRecordMs.set(sessionId, Math.max(newestRecordMs.get(sessionId) ?? 0, timestampMs));
  }
}
