import type { MlflowClient } from "../client.ts";
import type { ModelVersion } from "../types.ts";
import { undefinedIfMissing } from "../undefined-if-missing.ts";
import { unwrap } from "../unwrap.ts";

/** One version by its number (a string); undefined when there is none. */
export async function getModelVersion(
  client: MlflowClient,
  name: string,
  version: string,
): Promise<ModelVersion | undefined> {
  const query = { name, version };
  const call = unwrap(client.GET("/api/2.0/mlflow/model-versions/get", { params: { query } }));
  return (await undefinedIfMissing(call))?.model_version;
}
