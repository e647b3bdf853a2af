import type { StoreLocation } from "../../shared/aws/store-location.ts";
import { createMlflowClient, getExperimentByName, type MlflowSettings } from "../../shared/mlflow/index.ts";
import type { Log } from "../../shared/schemas/log.ts";
import { readServiceState } from "../../shared/serving/service-state.ts";
import type { ModelSettings } from "../../shared/settings/model.ts";
import type { ServiceSettings } from "../../shared/settings/service.ts";
import { createProbe, describeUnused, type ProbeOutcome } from "./probe.ts";

const limits = { keepMs: 5_000, timeoutMs: 2_000, now: Date.now };

/** Reads what predict last reported, which also shows whether S3 answers. */
export function createS3Probe(location: StoreLocation | undefined, log: Log) {
  if (location === undefined) return unused("INFERENCE_LOG_BUCKET is not set");
  return createProbe(() => readServiceState(location), {
    ...limits,
    onFailure: (error) => log.warn("S3 did not answer the health check", { error }),
  });
}

/** Makes a call that needs address, credentials and database to be right; MLflow's own /health needs none of them. */
export function createMlflowProbe(
  { service, model, mlflow }: { service: ServiceSettings; model: ModelSettings; mlflow: MlflowSettings },
  log: Log,
) {
  if (!service.enableTracking && !model.enableRegistry) return unused("Tracking and registry are off");
  const client = createMlflowClient({ ...mlflow, timeoutMs: limits.timeoutMs, maxAttempts: 1 });
  return createProbe(() => getExperimentByName(client, service.experimentName), {
    ...limits,
    onFailure: (error) => log.warn("MLflow did not answer the health check", { error }),
  });
}

function unused(reason: string): () => Promise<ProbeOutcome<undefined>> {
  return async () => ({ dependency: describeUnused(reason, Date.now()), value: undefined });
}
