import {
  createExperiment,
  createRun,
  getExperimentByName,
  type MlflowClient,
  MlflowError,
  searchRuns,
} from "../mlflow/index.ts";
import { sessionStartMs } from "./session.ts";
import { renderSessionTags, type SessionIdentity, sessionIdTag } from "./session-tags.ts";

/** Id of the experiment with this name, which is created if there is none. */
export async function ensureExperiment(client: MlflowClient, name: string): Promise<string> {
  const known = await getExperimentByName(client, name);
  if (known?.lifecycle_stage === "active") return known.experiment_id;
  try {
    return await createExperiment(client, { name });
  } catch (error) {
    // Another environment created it in between, or a deleted one holds the name: then MLflow's refusal says so.
    if (!(error instanceof MlflowError && error.errorCode === "RESOURCE_ALREADY_EXISTS")) throw error;
    const other = await getExperimentByName(client, name);
    if (other?.lifecycle_stage !== "active") throw error;
    return other.experiment_id;
  }
}

/** Runs of a session, the one to write to first. More than one exists only if two processes created it at once. */
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
