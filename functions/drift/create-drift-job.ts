import { createObjectStore } from "../../shared/aws/object-store.ts";
import type { LogLocation } from "../../shared/aws/store-location.ts";
import type { Log } from "../../shared/contracts/log.ts";
import { SettingsError } from "../../shared/errors/settings-error.ts";
import { readRecentPredictions } from "../../shared/inference-log/read-window.ts";
import { createMlflowClient, type MlflowSettings } from "../../shared/mlflow/index.ts";
import type { DriftSettings } from "../../shared/settings/drift.ts";
import type { ServiceSettings } from "../../shared/settings/service.ts";
import type { StorageSettings } from "../../shared/settings/storage.ts";
import { maintainTracking } from "../../shared/tracking/upkeep/maintain-tracking.ts";
import { type AnalyseDependencies, type Analysis, createAnalyse } from "./analyse.ts";
import { keepReport } from "./keep-report.ts";
import { trackReport } from "./track-report.ts";

/** Bounds on one call of MLflow: the job has minutes, but many calls to make. */
const mlflowLimits = { timeoutMs: 10_000, maxAttempts: 2 };

export interface DriftJobOptions extends Pick<AnalyseDependencies, "emitReportMetrics" | "emitJobMetrics"> {
  settings: {
    service: ServiceSettings;
    storage: StorageSettings;
    drift: DriftSettings;
    mlflow: MlflowSettings;
  };
  log: Log;
}

/** Brings the drift job together with the S3 and the MLflow that the settings name. */
export function createDriftJob({ settings, log, ...emit }: DriftJobOptions): () => Promise<Analysis> {
  const { service, storage, drift } = settings;
  const store = createObjectStore({ region: storage.region, endpoint: storage.s3Endpoint });
  const mlflow = service.enableTracking
    ? createMlflowClient({ ...settings.mlflow, ...mlflowLimits })
    : undefined;
  const { experimentName, environment, apiVersion } = service;

  function locateLog(): LogLocation {
    const { bucket, prefix } = storage;
    if (bucket === undefined) {
      throw new SettingsError("INFERENCE_LOG_BUCKET is not set: there is no inference log to read");
    }
    return { store, bucket, prefix };
  }

  return createAnalyse({
    settings: drift,
    readRecentPredictions: async (limit) => {
      const { records } = await readRecentPredictions(locateLog(), { limit, nowMs: Date.now() });
      return records;
    },
    keepReport: async (report, files) => keepReport(report, files, locateLog()),
    trackReport:
      mlflow &&
      ((report, files) =>
        trackReport(report, files, {
          mlflow,
          store,
          experimentName,
          environment,
          apiVersion,
        })),
    maintain: async () => {
      const location = storage.bucket === undefined ? undefined : locateLog();
      return maintainTracking({ location, mlflow, experimentName, log });
    },
    ...emit,
    log,
    now: () => new Date(),
  });
}
