import type { MlflowClient } from "../client.ts";
import type { LoggedModel, Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Starts a logged model (status PENDING): upload its files to `info.artifact_uri`, then finalize it. */
export async function createLoggedModel(
  client: MlflowClient,
  request: Schemas["CreateLoggedModel"],
): Promise<LoggedModel> {
  const answer = await unwrap(client.POST("/api/2.0/mlflow/logged-models", { body: request }));
  return answer.model;
}
