import type { MlflowClient } from "../client.ts";
import type { LoggedModel } from "../types.ts";
import { undefinedIfMissing } from "../undefined-if-missing.ts";
import { unwrap } from "../unwrap.ts";

/** A logged model; undefined when there is none with that id. */
export async function getLoggedModel(
  client: MlflowClient,
  modelId: string,
): Promise<LoggedModel | undefined> {
  const path = { model_id: modelId };
  const call = unwrap(client.GET("/api/2.0/mlflow/logged-models/{model_id}", { params: { path } }));
  return (await undefinedIfMissing(call))?.model;
}
