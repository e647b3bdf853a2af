import type { MlflowClient } from "../client.ts";
import { unwrap } from "../unwrap.ts";

/** Sets one tag of a run. */
export async function setTag(client: MlflowClient, runId: string, key: string, value: string): Promise<void> {
  await unwrap(client.POST("/api/2.0/mlflow/runs/set-tag", { body: { run_id: runId, key, value } }));
}
