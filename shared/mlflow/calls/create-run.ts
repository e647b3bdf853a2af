import type { MlflowClient } from "../client.ts";
import type { Run, Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Starts a run; MLflow takes a missing `start_time` for 0, so give it (ms). */
export async function createRun(client: MlflowClient, request: Schemas["CreateRun"]): Promise<Run> {
  const answer = await unwrap(client.POST("/api/2.0/mlflow/runs/create", { body: request }));
  return answer.run;
}
