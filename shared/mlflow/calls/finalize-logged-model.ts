import type { MlflowClient } from "../client.ts";
import type { LoggedModel } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Marks a logged model's upload as done or failed; MLflow does not check the files. */
export async function finalizeLoggedModel(
  client: MlflowClient,
  modelId: string,
  outcome: "ready" | "failed",
): Promise<LoggedModel> {
  const status = outcome === "ready" ? "LOGGED_MODEL_READY" : "LOGGED_MODEL_UPLOAD_FAILED";
  const call = client.PATCH("/api/2.0/mlflow/logged-models/{model_id}", {
    params: { path: { model_id: modelId } },
    body: { model_id: modelId, status },
  });
  return (await unwrap(call)).model;
}
