import { deleteRun, type MlflowClient, searchRuns } from "../../mlflow/index.ts";
import { dayLengthMs } from "../../time/durations.ts";
import { sessionMarkerTag } from "../sending/mlflow-runs.ts";

/** Runs that one job deletes at most; the next job deletes more. */
const maximumRuns = 1_000;

export interface OldRunsOptions {
  client: MlflowClient;
  experimentId: string;
  nowMs: number;
  retentionDays: number;
}

/**
 * Deletes the runs of sessions that ended more than `retentionDays` ago; `mlflow gc` then frees their rows. Reports,
 * registered versions and everything else in the experiment stay, and the inference log keeps every record.
 *
 * @returns how many runs were deleted
 * @throws MlflowError when MLflow cannot be reached
 */
export async function deleteOldRuns(options: OldRunsOptions): Promise<number> {
  const { client, experimentId, nowMs, retentionDays } = options;
  const old = searchRuns(client, {
    experiment_ids: [experimentId],
    filter: `tags.${sessionMarkerTag} = 'true' AND attributes.status = 'FINISHED' AND attributes.end_time < ${nowMs - retentionDays * dayLengthMs}`,
    run_view_type: "ACTIVE_ONLY",
    max_results: 200,
  });
  const ids: string[] = [];
  for await (const run of old) {
    ids.push(run.info.run_id);
    if (ids.length === maximumRuns) break;
  }
  for (const id of ids) await deleteRun(client, id);
  return ids.length;
}
