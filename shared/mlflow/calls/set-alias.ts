import type { MlflowClient } from "../client.ts";
import type { Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Points an alias at a version, away from the one it named before. */
export async function setAlias(
  client: MlflowClient,
  request: Schemas["SetRegisteredModelAlias"],
): Promise<void> {
  await unwrap(client.POST("/api/2.0/mlflow/registered-models/alias", { body: request }));
}
