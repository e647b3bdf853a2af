import type { MlflowClient } from "../client.ts";
import type { Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Points an alias to a version; it no longer points to another one. */
export async function setAlias(
  client: MlflowClient,
  request: Schemas["SetRegisteredModelAlias"],
): Promise<void> {
  await unwrap(client.POST("/api/2.0/mlflow/registered-models/alias", { body: request }));
}
