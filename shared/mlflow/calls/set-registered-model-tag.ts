import type { MlflowClient } from "../client.ts";
import type { Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Sets one tag of a registered model. */
export async function setRegisteredModelTag(
  client: MlflowClient,
  request: Schemas["SetRegisteredModelTag"],
): Promise<void> {
  await unwrap(client.POST("/api/2.0/mlflow/registered-models/set-tag", { body: request }));
}
