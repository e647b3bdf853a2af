import type { MlflowClient } from "../client.ts";
import type { Run, Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Starts a run. Give `start_time`, in milliseconds since 1970: MLflow takes a missing one for 0. */
export async function createRun(client: MlflowClient, request: Schemas["CreateRun"]): Promise<Run> {
  const answer = await unwrap(client.POST("/api/2.0/mlflow/runs/create", { body: request }));
  return answer.run;
}
