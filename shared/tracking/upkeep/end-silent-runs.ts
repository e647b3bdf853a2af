import { type MlflowClient, type Run, searchRuns, updateRun } from "../../mlflow/index.ts";
import { sessionIdTag, sessionMarkerTag } from "../sending/mlflow-runs.ts";
import { silenceMs } from "../sending/open-run.ts";

const maximumRuns = 5_000;

export interface SilentRunsOptions {
  client: MlflowClient;
  experimentId: string;
  nowMs: number;
  /** Time of each session's newest record in the inference log, milliseconds since 1970. */
  newestRecordMs: ReadonlyMap<string, number>;
}

/**
 * Ends the runs of sessions that wrote nothing for an hour: their execution environment is gone, or will open the run
 * again. The time of the last record becomes the end of the run.
 *
 * @returns how many runs were ended
 * @throws MlflowError when MLflow cannot be reached
 */
export async function endSilentRuns(options: SilentRunsOptions): Promise<number> {
  const { client, experimentId, nowMs, newestRecordMs } = options;
  const silent: { runId: string; endTimeMs: number }[] = [];
  const running = searchRuns(client, {
    experiment_ids: [experimentId],
    filter: `tags.${sessionMarkerTag} = 'true' AND attributes.status = 'RUNNING'`,
    run_view_type: "ACTIVE_ONLY",
    // The oldest first: with more runs than are looked at, the newest are those that still live.
    order_by: ["attributes.start_time ASC"],
    max_results: 200,
  });
  let seen = 0;
  for await (const run of running) {
    const endTimeMs = lastActivityMs(run, newestRecordMs);
    if (nowMs - endTimeMs > silenceMs) silent.push({ runId: run.info.run_id, endTimeMs });
    seen += 1;
    if (seen === maximumRuns) break;
  }
  for (const { runId, endTimeMs } of silent) {
    await updateRun(client, { run_id: runId, status: "FINISHED", end_time: endTimeMs });
  }
  return silent.length;
}

function lastActivityMs(run: Run, newestRecordMs: ReadonlyMap<string, number>): number {
  const sessionId = run.data?.tags?.find((tag) => tag.key === sessionIdTag)?.value ?? "";
  const metricTimes = (run.data?.metrics ?? []).map((metric) => metric.timestamp ?? 0);
  return Math.max(run.info.start_time ?? 0, newestRecordMs.get(sessionId) ?? 0, ...metricTimes);
}
