import type { MlflowClient } from "../client.ts";
import type { ModelVersion, Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Sets a version's description. */
export async function updateModelVersion(
  client: MlflowClient,
  request: Schemas["UpdateModelVersion"],
): Promise<ModelVersion> {
  const answer = await unwrap(client.PATCH("/api/2.0/mlflow/model-versions/update", { body: request }));
  return answer.model_version;
}
