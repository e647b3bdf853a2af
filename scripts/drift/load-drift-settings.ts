import { parseMlflowSettings } from "../../shared/mlflow/settings.ts";
import { driftSettings } from "../../shared/settings/drift.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { trackingSettings } from "../../shared/settings/tracking.ts";
import { stackFolder } from "../stack/paths.ts";
import { findClientEnvironment } from "../stack/running-stack.ts";

/** Loads the settings of the environment; without INFERENCE_LOG_BUCKET those of the local stack, if it is running. */
export function loadDriftSettings() {
  if (!process.env.INFERENCE_LOG_BUCKET) Object.assign(process.env, findClientEnvironment(stackFolder));
  return loadSettings({
    service: serviceSettings,
    storage: storageSettings,
    tracking: trackingSettings,
    drift: driftSettings,
    model: modelSettings,
    mlflow: parseMlflowSettings,
  });
}
