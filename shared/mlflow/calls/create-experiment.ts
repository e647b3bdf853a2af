import type { MlflowClient } from "../client.ts";
import type { Schemas } from "../types.ts";
import { unwrap } from "../unwrap.ts";

/**
 * Creates an experiment and returns its id.
 *
 * @throws MlflowError RESOURCE_ALREADY_EXISTS when the name is taken, even by a deleted experiment.
 */
export async function createExperiment(
  client: MlflowClient,
  request: Schemas["CreateExperiment"],
): Promise<string> {
  const answer = await unwrap(client.POST("/api/2.0/mlflow/experiments/create", { body: request }));
  return answer.experiment_id;
}
