import type { MlflowClient } from "../client.ts";
import { unwrap } from "../unwrap.ts";

/** Deletes an alias; does nothing if there is none of that name. */
export async function deleteAlias(client: MlflowClient, name: string, alias: string): Promise<void> {
  await unwrap(client.DELETE("/api/2.0/mlflow/registered-models/alias", { body: { name, alias } }));
}
