import type { MlflowClient } from "../client.ts";
import type { Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Deletes one tag of a version. */
export async function deleteModelVersionTag(
  client: MlflowClient,
  request: Schemas["DeleteModelVersionTag"],
): Promise<void> {
  await unwrap(client.DELETE("/api/2.0/mlflow/model-versions/delete-tag", { body: request }));
}
