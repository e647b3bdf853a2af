import { createExperiment } from "../../shared/mlflow/calls/create-experiment.ts";
import { getExperimentByName } from "../../shared/mlflow/calls/get-experiment-by-name.ts";
import type { MlflowClient } from "../../shared/mlflow/client.ts";

/** Id of the experiment of that name, made when there is none. */
export async function ensureExperiment(mlflow: MlflowClient, name: string): Promise<string> {
  const experiment = await getExperimentByName(mlflow, name);
  return experiment?.experiment_id ?? (await createExperiment(mlflow, { name }));
}
