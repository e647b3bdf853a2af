import { randomUUID } from "node:crypto";
import type { StoreLocation } from "../../aws/store-location.ts";
import { compactHours } from "../../inference-log/compact-hours.ts";
import { endSessions } from "../../inference-log/totals/end-sessions.ts";
import type { SessionTotalsObject } from "../../inference-log/totals/session-totals.ts";
import { ensureExperiment, type MlflowClient } from "../../mlflow/index.ts";
import type { Log } from "../../schemas/log.ts";
import { createReconciler } from "../sending/reconcile.ts";
import { RunGoneError } from "../sending/send-records.ts";
import { deleteOldRuns } from "./delete-old-runs.ts";
import { endSilentRuns } from "./end-silent-runs.ts";
import { takeMaintenanceLease } from "./maintenance-lease.ts";
import { createMaintenanceReport, type MaintenanceReport } from "./maintenance-report.ts";
import { reconcileAgain } from "./reconcile-again.ts";
import { reconcileObjects } from "./reconcile-objects.ts";

const defaultWithinMs = 600_000;
/** A step may begin just before time is up: the lease lasts so much longer. */
const longestStepMs = 180_000;

export interface MaintenanceOptions {
  /** Absent when there is no inference log: then only silent runs are ended. */
  location?: StoreLocation | undefined;
  /** Absent when tracking is off: then only hours are compacted. */
  mlflow?: MlflowClient | undefined;
  experimentName: string;
  /** Predictions of one session per minute above which MLflow gets them as windows; default: never. */
  aggregateAbovePerMinute?: number;
  /** Days after which the runs of ended sessions are deleted; 0, the default: never. */
  runRetentionDays?: number;
  log: Log;
  /** Milliseconds after which no further step begins; the next job does the rest. Default: 10 minutes. */
  withinMs?: number;
  now?: () => number;
}

/**
 * Reconciles MLflow with the inference log; the scheduled job runs it. It sends what never reached MLflow, compacts the
 * objects of each closed hour, sends again what a restore of MLflow took away, then ends the runs of silent sessions.
 * Each step may be cut off and done again. While one job runs, another does nothing.
 *
 * @throws StorageError when S3 cannot be used; MlflowError when MLflow cannot, after all that can be done without it
 */
export async function maintainTracking(options: MaintenanceOptions): Promise<MaintenanceReport> {
  const { location, log, withinMs = defaultWithinMs, now = Date.now } = options;
  const report = createMaintenanceReport();
  const lease = { owner: randomUUID(), nowMs: now(), durationMs: withinMs + longestStepMs };
  const release = location === undefined ? async () => {} : await takeMaintenanceLease(location, lease);
  if (release === undefined) return report;
  report.isDone = true;
  try {
    await maintain(options, report);
  } catch (error) {
    if (!(error instanceof RunGoneError)) throw error;
    log.warn("A run was deleted while it was written to; the inference log will be reconciled next time", {
      error,
    });
  } finally {
    await release().catch((error: unknown) => {
      log.warn("The maintenance lease could not be released; it expires by itself", { error });
    });
  }
  return report;
}

async function maintain(options: MaintenanceOptions, report: MaintenanceReport): Promise<void> {
  const {
    location,
    mlflow,
    experimentName,
    aggregateAbovePerMinute,
    runRetentionDays = 0,
    log,
    withinMs = defaultWithinMs,
    now = Date.now,
  } = options;
  const nowMs = now();
  const newestRecordMs = new Map<string, number>();
  const newestTotals = new Map<string, SessionTotalsObject>();
  try {
    const experiment = mlflow && {
      client: mlflow,
      experimentId: await ensureExperiment(mlflow, experimentName),
    };
    const objects = location !== undefined && {
      location,
      reconciler: experiment && createReconciler({ ...experiment, aggregateAbovePerMinute }),
      newestRecordMs,
      newestTotals,
      report,
      log,
      nowMs,
      isTimeUp: () => now() - nowMs > withinMs,
    };
    const hadTime =
      !objects ||
      ((await compactHours({
        ...objects,
        onObjects: (contents) => reconcileObjects(contents, objects),
      })) &&
        (await reconcileAgain(objects)));
    // Only after the whole log is read are the silent sessions known.
    if (experiment !== undefined && hadTime) {
      report.runsEnded = await endSilentRuns({ ...experiment, nowMs, newestRecordMs });
      if (runRetentionDays > 0)
        report.runsDeleted = await deleteOldRuns({ ...experiment, nowMs, retentionDays: runRetentionDays });
    }
    report.isComplete = hadTime;
  } finally {
    // Without MLflow, too: otherwise `GET /metrics` would read ever more totals.
    if (location !== undefined) await endSessions(location, newestTotals, nowMs);
  }
}
