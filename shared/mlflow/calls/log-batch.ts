import type { MlflowClient } from "../client.ts";
import type { Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/** Most entries that MLflow accepts in one batch, by kind and together. */
export const LOG_BATCH_LIMITS = { metrics: 1000, params: 100, tags: 100, total: 1000 } as const;

/**
 * Logs metrics, params and tags of one run. Sending a batch again is harmless: MLflow keeps one metric per (run, key,
 * timestamp, step, value).
 *
 * @throws MlflowError INVALID_PARAMETER_VALUE for a batch over the limits, or a param that already has another value.
 */
export async function logBatch(client: MlflowClient, request: Schemas["LogBatch"]): Promise<void> {
  await unwrap(client.POST("/api/2.0/mlflow/runs/log-batch", { body: request }));
}
