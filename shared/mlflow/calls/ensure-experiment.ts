import type { MlflowClient } from "../client.ts";
import { MlflowError } from "../error.ts";
import { createExperiment } from "./create-experiment.ts";
import { getExperimentByName } from "./get-experiment-by-name.ts";

/**
 * Id of the experiment with this name, which is created if there is none.
 *
 * @throws MlflowError RESOURCE_ALREADY_EXISTS when a deleted experiment has the name.
 */
export async function ensureExperiment(client: MlflowClient, name: string): Promise<string> {
  const known = await getExperimentByName(client, name);
  if (known?.lifecycle_stage === "active") return known.experiment_id;
  try {
    return await createExperiment(client, { name });
  } catch (error) {
    // Another client created it in between, or a deleted experiment has the name, which MLflow's message then says.
    if (!(error instanceof MlflowError && error.errorCode === "RESOURCE_ALREADY_EXISTS")) throw error;
    const other = await getExperimentByName(client, name);
    if (other?.lifecycle_stage !== "active") throw error;
    return other.experiment_id;
  }
}
