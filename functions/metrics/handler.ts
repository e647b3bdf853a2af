import { createObjectStore } from "../../shared/aws/object-store.ts";
import type { LogLocation } from "../../shared/aws/store-location.ts";
import { SettingsError } from "../../shared/errors/settings-error.ts";
import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { readRecentPredictions, readRecords } from "../../shared/inference-log/read-window.ts";
import { registerAfterResponse } from "../../shared/runtime/after-response.ts";
import { createLogger } from "../../shared/runtime/logger.ts";
import { driftSettings } from "../../shared/settings/drift.ts";
import { lambdaSettings } from "../../shared/settings/lambda.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { createMetrics } from "./metrics.ts";

/** What one answer may read of the log: bounded, however much traffic there is. */
const readLimits = { maximumObjects: 500, maximumRecords: 20_000 };

const { service, storage, drift, lambda } = loadSettings({
  service: serviceSettings,
  storage: storageSettings,
  drift: driftSettings,
  lambda: lambdaSettings,
});
const log = createLogger({ functionName: service.functionName, level: service.logLevel });
const afterResponse = await registerAfterResponse({ runtimeApi: lambda.runtimeApi, log });
const store = createObjectStore({ region: storage.region, endpoint: storage.s3Endpoint });

const metrics = createMetrics({
  drift,
  readRecords: async (period) => readRecords(locateLog(), { ...period, ...readLimits }),
  readRecentPredictions: async (options) => readRecentPredictions(locateLog(), options),
  uptimeSeconds: () => process.uptime(),
  now: Date.now,
});

export const handler = createHttpHandler({ routes: { "GET /metrics": metrics }, log, afterResponse });

function locateLog(): LogLocation {
  const { bucket, prefix } = storage;
  if (bucket === undefined)
    throw new SettingsError("INFERENCE_LOG_BUCKET is not set: there is no log to read");
  return { store, bucket, prefix };
}
