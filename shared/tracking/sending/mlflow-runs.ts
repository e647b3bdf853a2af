import { createRun, type MlflowClient, searchRuns } from "../../mlflow/index.ts";
import type { InferenceLogRecord } from "../../schemas/inference-record.ts";
import { renderRunTags } from "../../schemas/run-tags.ts";
import type { KeyedText } from "../entries/mlflow-entry.ts";
import { sessionStartMs } from "../session.ts";

/** What identifies a session in MLflow; every record of the session has it. */
type SessionIdentity = Pick<
  InferenceLogRecord,
  "session_id" | "session_name" | "function_name" | "api_version" | "environment" | "timestamp_ms"
>;

/** Tag that finds the run of one session. */
export const sessionIdTag = "session_id";
/** Tag that finds the runs of all sessions. */
export const sessionMarkerTag = "api_session";

function renderSessionTags(session: SessionIdentity): KeyedText[] {
  return [
    ...renderRunTags({ apiVersion: session.api_version, environment: session.environment }),
    { key: sessionMarkerTag, value: "true" },
    { key: sessionIdTag, value: session.session_id },
    { key: "start_time", value: new Date(sessionStartMs(session)).toISOString() },
    { key: "function", value: session.function_name },
    // The source column of MLflow's table of runs: it distinguishes the many sessions of one function.
    { key: "mlflow.source.name", value: `${session.function_name} ${session.session_id.slice(0, 8)}` },
    { key: "mlflow.source.type", value: "LOCAL" },
  ];
}

/**
 * Ids of a session's runs, the one to write to first. There is more than one only if two processes created it at once.
 *
 * @throws MlflowError when MLflow cannot be reached
 */
export async function findSessionRuns(
  client: MlflowClient,
  experimentId: string,
  sessionId: string,
): Promise<string[]> {
  const runs = searchRuns(client, {
    experiment_ids: [experimentId],
    filter: `tags.${sessionIdTag} = '${sessionId}'`,
    run_view_type: "ACTIVE_ONLY",
    max_results: 100,
  });
  const ids: string[] = [];
  for await (const run of runs) ids.push(run.info.run_id);
  return ids.sort();
}

/** Creates the run of a session and returns its id. */
export async function createSessionRun(
  client: MlflowClient,
  experimentId: string,
  session: SessionIdentity,
): Promise<string> {
  const run = await createRun(client, {
    experiment_id: experimentId,
    run_name: session.session_name,
    start_time: sessionStartMs(session),
    tags: renderSessionTags(session),
  });
  return run.info.run_id;
}
