import { type MlflowClient, MlflowError } from "../../mlflow/index.ts";
import type { Reachability } from "../../resilience/reachability.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import type { Log } from "../../schemas/log.ts";
import type { OpenRun } from "./open-run.ts";
import type { RecordQueue } from "./record-queue.ts";
import { type RefusedRecord, sendRecords } from "./send-records.ts";

export interface BatchSenderOptions {
  client: MlflowClient;
  run: OpenRun;
  queue: RecordQueue;
  reachability: Reachability;
  log: Log;
}

/** Sends the records of a queue to a session's run, and logs what MLflow makes of them. */
export function createBatchSender({ client, run, queue, reachability, log }: BatchSenderOptions) {
  let refused = 0;
  let denied = false;
  const pending = () => queue.waiting().length;

  function reportRefusals(refusals: readonly RefusedRecord[]): void {
    refused += refusals.length;
    for (const { record, reason } of refusals) {
      log.warn("MLflow refused a record", { record_id: record.record_id, kind: record.kind, reason });
    }
  }

  return {
    /** Sends the next batch of records before `endMs`. @throws MlflowError, for `reportFailure` */
    async send(endMs: number): Promise<void> {
      const batch = queue.nextBatch(endMs);
      const runId = await run.ensure(batch.flat()[0] as InferenceLogRecord);
      const refusals = await sendRecords(client, runId, batch);
      queue.removeBatch();
      reportRefusals(refusals);
      run.noteWritten();
      if (reachability.succeed()) log.info("MLflow can be written again", { pending: pending() });
    },

    reportFailure(error: unknown): void {
      run.noteFailure(error);
      denied = error instanceof MlflowError && error.status === 403;
      if (reachability.fail(error)) {
        log.warn("MLflow cannot be written; records wait", { error, pending: pending() });
      }
    },

    /** Records that MLflow refused for good. */
    refused: () => refused,

    /** Whether MLflow responded to the last failed request with 403. */
    isDenied: () => denied,
  };
}
