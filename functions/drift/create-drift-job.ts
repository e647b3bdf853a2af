import { openStorage } from "../../shared/aws/open-storage.ts";
import type { Log } from "../../shared/contracts/log.ts";
import { readRecentPredictions } from "../../shared/inference-log/read-window.ts";
import { createMlflowClient, type MlflowSettings } from "../../shared/mlflow/index.ts";
import type { DriftSettings } from "../../shared/settings/drift.ts";
import type { ServiceSettings } from "../../shared/settings/service.ts";
import type { StorageSettings } from "../../shared/settings/storage.ts";
import type { TrackingSettings } from "../../shared/settings/tracking.ts";
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
    tracking: TrackingSettings;
  };
  log: Log;
}

/** Brings the drift job together with the S3 and the MLflow that the settings name. */
export function createDriftJob({ settings, log, ...emit }: DriftJobOptions): () => Promise<Analysis> {
  const { service, storage, drift } = settings;
  const { store, location, requireLocation } = openStorage(storage);
  const mlflow = service.enableTracking
    ? createMlflowClient({ ...settings.mlflow, ...mlflowLimits })
    : undefined;
  const { experimentName, environment, apiVersion } = service;

  return createAnalyse({
    settings: drift,
    readRecentPredictions: async (limit) => {
      const { records } = await readRecentPredictions(requireLocation(), { limit, nowMs: Date.now() });
      return records;
    },
    keepReport: async (report, files) => keepReport(report, files, requireLocation()),
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
    maintain: () => maintainTracking({ location, mlflow, experimentName, ...settings.tracking.pace, log }),
    ...emit,
    log,
    now: () => new Date(),
  });
}
