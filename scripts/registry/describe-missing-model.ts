import type { MlflowClient } from "../../shared/mlflow/client.ts";
import { unwrap } from "../../shared/mlflow/unwrap.ts";

/** How many other models are named. */
const namedAtMost = 10;

/** Says what to do about a registered model without versions: its name may have been mistyped, so the others are named. */
export async function describeMissingModel(mlflow: MlflowClient, name: string): Promise<string> {
  const query = { max_results: namedAtMost };
  const found = await unwrap(mlflow.GET("/api/2.0/mlflow/registered-models/search", { params: { query } }));
  const others = (found.registered_models ?? []).flatMap((model) =>
    model.name === undefined || model.name === name ? [] : [model.name],
  );
  const known = others.length === 0 ? "" : `It has ${others.join(", ")} (--name, or MLFLOW_MODEL_NAME). `;
  return `${mlflow.trackingUri} has no version of ${name}. ${known}Register one: npm run register -- FILE`;
}
