import { openStorage } from "../../shared/aws/open-storage.ts";
import { createMlflowClient, type MlflowClientOptions } from "../../shared/mlflow/client.ts";
import { parseMlflowSettings } from "../../shared/mlflow/settings.ts";
import type { ServiceRegistry } from "../../shared/promotion/service-registry.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { type StorageSettings, storageSettings } from "../../shared/settings/storage.ts";
import { joinRunningStack } from "../stack/running-stack.ts";

/** The registry on which commands work, with the settings of the service. */
export interface RegistryConnection extends ServiceRegistry {
  storage: StorageSettings;
  /** How long somebody at a terminal waits for MLflow's first answer. */
  answerTimeoutMs: number;
}

const usualAnswerTimeoutMs = 10_000;

/**
 * Connects to the registry that the environment names, as the service does; to that of the local stack, if it is running and
 * the environment names no servers.
 *
 * @param limits of a request to MLflow (default: the client's own)
 * @param needed what the environment must say, if it names servers at all
 * @throws SettingsError naming every bad setting
 * @throws StackError where the environment names some servers only
 */
export function connectRegistry(
  limits: Pick<MlflowClientOptions, "timeoutMs" | "maxAttempts"> = {},
  needed: readonly string[] = ["MLFLOW_TRACKING_URI"],
): RegistryConnection {
  joinRunningStack(needed);
  const { mlflow, model, service, storage } = loadSettings({
    mlflow: parseMlflowSettings,
    model: modelSettings,
    service: serviceSettings,
    storage: storageSettings,
  });
  return {
    mlflow: createMlflowClient({ ...mlflow, ...limits }),
    store: openStorage(storage).artifactStore,
    model,
    service,
    storage,
    answerTimeoutMs: mlflow.timeoutMs ?? usualAnswerTimeoutMs,
  };
}
