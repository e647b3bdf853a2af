import { randomUUID } from "node:crypto";
import { ensureRegisteredModel } from "../../scripts/start/packaged-model.ts";
import type { SharedStack } from "./stack-setup.ts";

/** Names of its own in the shared stack, so that nobody else's runs, versions and records are met. */
export interface ServiceNames {
  model: string;
  experiment: string;
  /** Before `inference-log/` in the bucket. */
  prefix: string;
}

/**
 * Registers the packaged model under a name of its own, as `npm start` does.
 *
 * @returns the settings of a service that serves it, and their names
 */
export async function registerForService({ env }: Pick<SharedStack, "env">): Promise<{
  environment: Record<string, string>;
  names: ServiceNames;
}> {
  const id = randomUUID().slice(0, 8);
  const names = { model: `model-${id}`, experiment: `experiment-${id}`, prefix: `${id}/` };
  // The AWS SDK finds its keys in this process's environment.
  Object.assign(process.env, env);
  const environment = {
    ...env,
    MLFLOW_MODEL_NAME: names.model,
    MLFLOW_EXPERIMENT_NAME: names.experiment,
    INFERENCE_LOG_PREFIX: names.prefix,
  };
  await ensureRegisteredModel(environment, () => {});
  return { environment, names };
}
