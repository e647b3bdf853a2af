import { type MlflowClient, unwrap } from "../../../shared/mlflow/index.ts";

/** What a person does in MLflow's UI. */
export async function deleteRunForTest(client: MlflowClient, runId: string): Promise<void> {
  await unwrap(client.POST("/api/2.0/mlflow/runs/delete", { body: { run_id: runId } }));
}
