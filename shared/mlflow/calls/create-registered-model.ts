import type { MlflowClient } from "../client.ts";
import type { RegisteredModel, Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Creates a registered model. @throws MlflowError RESOURCE_ALREADY_EXISTS when the name is taken. */
export async function createRegisteredModel(
  client: MlflowClient,
  request: Schemas["CreateRegisteredModel"],
): Promise<RegisteredModel> {
  const answer = await unwrap(client.POST("/api/2.0/mlflow/registered-models/create", { body: request }));
  return answer.registered_model;
}
