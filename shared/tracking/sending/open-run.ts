import { ensureExperiment, type MlflowClient, updateRun } from "../../mlflow/index.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import { hourLengthMs } from "../../time/durations.ts";
import { createSessionRun, findSessionRuns } from "./mlflow-runs.ts";
import { assertRunActive, isRefusal, RunGoneError } from "./send-records.ts";

/** Maintenance ends the run of a session that has written no record for so long. */
export const silenceMs = hourLengthMs;
/** In a session older than this, another process may have created the run already. */
const youngMs = 60_000;

export interface OpenRunOptions {
  client: MlflowClient;
  experimentName: string;
  sessionStartedMs: number;
  now: () => number;
}

export type OpenRun = ReturnType<typeof createOpenRun>;

/** The run that a session writes to: created when first needed, opened again when maintenance ended it meanwhile. */
export function createOpenRun({ client, experimentName, sessionStartedMs, now }: OpenRunOptions) {
  let experimentId: string | undefined;
  let runId: string | undefined;
  let hasTriedToCreate = false;
  let lastWrittenMs: number | undefined;

  async function findOrCreate(record: InferenceLogRecord): Promise<string> {
    experimentId ??= await ensureExperiment(client, experimentName);
    const mayExist = hasTriedToCreate || now() - sessionStartedMs > youngMs;
    hasTriedToCreate = true;
    const known = mayExist ? await findSessionRuns(client, experimentId, record.session_id) : [];
    return known[0] ?? (await createSessionRun(client, experimentId, record));
  }

  async function reopen(id: string): Promise<void> {
    try {
      await updateRun(client, { run_id: id, status: "RUNNING" });
    } catch (error) {
      if (isRefusal(error)) await assertRunActive(client, id);
      throw error;
    }
  }

  return {
    /** Undefined until there is one. */
    id: () => runId,

    /**
     * The id of the run, which exists and is open afterwards.
     *
     * @param record any record of the session
     *
     * @throws RunGoneError when the run was deleted
     * @throws MlflowError when MLflow cannot be reached
     */
    async ensure(record: InferenceLogRecord): Promise<string> {
      if (runId === undefined) {
        runId = await findOrCreate(record);
      } else if (lastWrittenMs !== undefined && now() - lastWrittenMs > silenceMs) {
        await reopen(runId);
      }
      return runId;
    },

    noteWritten(): void {
      lastWrittenMs = now();
    },

    /** Forgets a run that was deleted, and an experiment in which none could be created. */
    noteFailure(error: unknown): void {
      if (error instanceof RunGoneError) runId = undefined;
      if (runId === undefined) experimentId = undefined;
    },
  };
}
