import type { MlflowClient } from "../client.ts";
import type { Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Links logged models to the run that made them. */
export async function logOutputs(client: MlflowClient, request: Schemas["LogOutputs"]): Promise<void> {
  await unwrap(client.POST("/api/2.0/mlflow/runs/outputs", { body: request }));
}
