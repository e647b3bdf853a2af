import type { MlflowClient } from "../client.ts";
import { unwrap } from "../unwrap.ts";

/** Deletes a version; its files stay. */
export async function deleteModelVersion(client: MlflowClient, name: string, version: string): Promise<void> {
  await unwrap(client.DELETE("/api/2.0/mlflow/model-versions/delete", { body: { name, version } }));
}
