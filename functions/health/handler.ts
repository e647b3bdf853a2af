import { createObjectStore } from "../../shared/aws/object-store.ts";
import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { createMlflowClient, getExperimentByName, parseMlflowSettings } from "../../shared/mlflow/index.ts";
import { registerAfterResponse } from "../../shared/runtime/after-response.ts";
import { createLogger } from "../../shared/runtime/logger.ts";
import { onShutdown } from "../../shared/runtime/shutdown.ts";
import { readServiceState } from "../../shared/serving/service-state.ts";
import { lambdaSettings } from "../../shared/settings/lambda.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { createTracker, trackingClientLimits } from "../../shared/tracking/tracker.ts";
import { createHealth } from "./health.ts";
import { createProbe, describeUnused, type ProbeOutcome } from "./probe.ts";

const probeLimits = { keepMs: 5_000, timeoutMs: 2_000, now: Date.now };

const { service, storage, model, mlflow, lambda } = loadSettings({
  service: serviceSettings,
  storage: storageSettings,
  model: modelSettings,
  mlflow: parseMlflowSettings,
  lambda: lambdaSettings,
});
const log = createLogger({ functionName: service.functionName, level: service.logLevel });
const afterResponse = await registerAfterResponse({ runtimeApi: lambda.runtimeApi, log });

const { bucket, prefix, timeoutMs } = storage;
const store = createObjectStore({ region: storage.region, endpoint: storage.s3Endpoint });

const tracker = createTracker({
  service,
  apiVersion: service.apiVersion,
  mlflow: service.enableTracking ? createMlflowClient({ ...mlflow, ...trackingClientLimits }) : undefined,
  inferenceLog: bucket === undefined ? undefined : { store, bucket, prefix, timeoutMs },
  // A frozen environment sends nothing: there, all is sent before the next event.
  ...(lambda.runtimeApi !== undefined && { sendIntervalMs: 0 }),
  log,
});
onShutdown(() => tracker.close(), log);

const health = createHealth({
  service: { version: service.apiVersion, ...service },
  probeS3: createS3Probe(),
  probeMlflow: createMlflowProbe(),
  tracker,
  runAfterResponse: (work) => afterResponse.run(work),
  now: Date.now,
});

export const handler = createHttpHandler({ routes: { "GET /health": health }, log, afterResponse });

function createS3Probe() {
  if (bucket === undefined) return unused("INFERENCE_LOG_BUCKET is not set");
  return createProbe(() => readServiceState({ store, bucket, prefix }), {
    ...probeLimits,
    onFailure: (error) => log.warn("S3 did not answer the health check", { error }),
  });
}

/** A call that needs the address, the credentials and the database to be right; MLflow's own /health needs none. */
function createMlflowProbe() {
  if (!service.enableTracking && !model.enableRegistry) return unused("Tracking and registry are off");
  const client = createMlflowClient({ ...mlflow, timeoutMs: probeLimits.timeoutMs, maxAttempts: 1 });
  return createProbe(() => getExperimentByName(client, service.experimentName), {
    ...probeLimits,
    onFailure: (error) => log.warn("MLflow did not answer the health check", { error }),
  });
}

function unused(reason: string): () => Promise<ProbeOutcome<undefined>> {
  return async () => ({ dependency: describeUnused(reason, Date.now()), value: undefined });
}
