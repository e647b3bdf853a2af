import type { MlflowClient } from "../client.ts";
import { unwrap } from "../unwrap.ts";

/** Marks a run as deleted: it can be restored until `mlflow gc` removes it. */
export async function deleteRun(client: MlflowClient, runId: string): Promise<void> {
  await unwrap(client.POST("/api/2.0/mlflow/runs/delete", { body: { run_id: runId } }));
}
