import { openStorage } from "../../shared/aws/open-storage.ts";
import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { parseMlflowSettings } from "../../shared/mlflow/index.ts";
import { onShutdown } from "../../shared/runtime/shutdown.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { trackingSettings } from "../../shared/settings/tracking.ts";
import { startTracker } from "../../shared/tracking/start-tracker.ts";
import { createHealth } from "./health.ts";
import { createMlflowProbe, createS3Probe } from "./probes.ts";

const { settings, log, afterResponse } = await startFunction({
  storage: storageSettings,
  tracking: trackingSettings,
  model: modelSettings,
  mlflow: parseMlflowSettings,
});
const { location } = openStorage(settings.storage);
const tracker = startTracker({ settings, location, log });
onShutdown(() => tracker.close(), log);

const health = createHealth({
  service: { version: settings.service.apiVersion, ...settings.service },
  probeS3: createS3Probe(location, log),
  probeMlflow: createMlflowProbe(settings, log),
  tracker,
  runAfterResponse: afterResponse.run,
  now: Date.now,
});

export const handler = createHttpHandler({ routes: { "GET /health": health }, log, afterResponse });
