import type { MlflowClient } from "../client.ts";
import type { Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Sets one tag of a version. */
export async function setModelVersionTag(
  client: MlflowClient,
  request: Schemas["SetModelVersionTag"],
): Promise<void> {
  await unwrap(client.POST("/api/2.0/mlflow/model-versions/set-tag", { body: request }));
}
