import { parseMlflowSettings } from "../../shared/mlflow/settings.ts";
import { driftSettings } from "../../shared/settings/drift.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { trackingSettings } from "../../shared/settings/tracking.ts";
import { joinRunningStack } from "../stack/running-stack.ts";

/**
 * Loads the settings of the environment; those of the local stack, if it is running and the environment names no servers.
 *
 * @param needed what the environment must say, if it names servers at all
 * @throws StackError where the environment names some servers only
 */
export function loadDriftSettings(needed: readonly string[] = findNeeded()) {
  joinRunningStack(needed);
  return loadSettings({
    service: serviceSettings,
    storage: storageSettings,
    tracking: trackingSettings,
    drift: driftSettings,
    model: modelSettings,
    mlflow: parseMlflowSettings,
  });
}

function findNeeded(): string[] {
  const { service, model } = loadSettings({ service: serviceSettings, model: modelSettings });
  const needsMlflow = service.enableTracking || model.enableRegistry;
  return ["INFERENCE_LOG_BUCKET", ...(needsMlflow ? ["MLFLOW_TRACKING_URI"] : [])];
}
