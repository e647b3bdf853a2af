import type { MlflowClient } from "../client.ts";
import type { RegisteredModel } from "../types.ts";
import { undefinedIfMissing } from "../undefined-if-missing.ts";
import { unwrap } from "../unwrap.ts";

/** A registered model with its tags, aliases and newest versions; undefined when there is none. */
export async function getRegisteredModel(
  client: MlflowClient,
  name: string,
): Promise<RegisteredModel | undefined> {
  const query = { name };
  const call = unwrap(client.GET("/api/2.0/mlflow/registered-models/get", { params: { query } }));
  return (await undefinedIfMissing(call))?.registered_model;
}
