import type { MlflowClient } from "../client.ts";
import type { RunInfo, Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Sets a run's status, name or end time (milliseconds since 1970). */
export async function updateRun(client: MlflowClient, request: Schemas["UpdateRun"]): Promise<RunInfo> {
  const answer = await unwrap(client.POST("/api/2.0/mlflow/runs/update", { body: request }));
  return answer.run_info;
}
