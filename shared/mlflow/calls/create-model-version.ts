import type { MlflowClient } from "../client.ts";
import type { ModelVersion, Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/**
 * Registers files as the next version of a model. With `source: "models:/m-..."`, give `model_id` too: otherwise
 * MLflow's Python client cannot find the logged model.
 */
export async function createModelVersion(
  client: MlflowClient,
  request: Schemas["CreateModelVersion"],
): Promise<ModelVersion> {
  const answer = await unwrap(client.POST("/api/2.0/mlflow/model-versions/create", { body: request }));
  return answer.model_version;
}
