import { openStorage } from "../../shared/aws/open-storage.ts";
import type { ReferenceWindow } from "../../shared/drift/reference/reference-window.ts";
import { createMlflowClient, type MlflowSettings } from "../../shared/mlflow/index.ts";
import type { WindowSelection } from "../../shared/schemas/drift-report.ts";
import type { Log } from "../../shared/schemas/log.ts";
import type { DriftSettings } from "../../shared/settings/drift.ts";
import type { ModelSettings } from "../../shared/settings/model.ts";
import type { ServiceSettings } from "../../shared/settings/service.ts";
import type { StorageSettings } from "../../shared/settings/storage.ts";
import type { TrackingSettings } from "../../shared/settings/tracking.ts";
import { maintainTracking } from "../../shared/tracking/upkeep/maintain-tracking.ts";
import { type AlertChannel, raiseAlert } from "./alerts/raise-alert.ts";
import { type AnalyseDependencies, type Analysis, createAnalyse } from "./analyse.ts";
import { findReference } from "./find-reference.ts";
import { keepReport } from "./keep-report.ts";
import { readDriftWindow } from "./read-drift-window.ts";
import { trackReport } from "./track-report.ts";

/** Limits of one call of MLflow: the job has minutes, but many calls to make. */
const mlflowLimits = { timeoutMs: 10_000, maxAttempts: 2 };

export interface DriftJobOptions extends Pick<AnalyseDependencies, "emitReportMetrics" | "emitJobMetrics"> {
  settings: {
    service: ServiceSettings;
    storage: StorageSettings;
    drift: DriftSettings;
    model: ModelSettings;
    mlflow: MlflowSettings;
    tracking: TrackingSettings;
  };
  /** Who is told when drift begins and ends. When absent nobody is told, and nothing is logged. */
  alertChannels?: readonly AlertChannel[] | undefined;
  /** What the window is compared with; what was named or the version carries when absent. */
  reference?: ReferenceWindow | undefined;
  /** Whether the job also maintains the inference log. */
  maintains: boolean;
  log: Log;
}

/** Connects the drift job with the S3 and the MLflow that the settings name. */
export function createDriftJob({
  settings,
  alertChannels,
  reference,
  maintains,
  log,
  ...emit
}: DriftJobOptions): (selection: WindowSelection) => Promise<Analysis> {
  const { service, storage, drift, model } = settings;
  const { artifactStore, location, requireLocation } = openStorage(storage);
  const client = createMlflowClient({ ...settings.mlflow, ...mlflowLimits });
  const mlflow = service.enableTracking ? client : undefined;
  const registry = model.enableRegistry ? client : undefined;
  const { experimentName, environment, apiVersion } = service;

  return createAnalyse({
    settings: drift,
    readWindow: async (selection) =>
      readDriftWindow(requireLocation(), selection, { ...drift, nowMs: Date.now() }),
    findReference: async (version) =>
      reference === undefined
        ? findReference(
            {
              ...{ location: requireLocation(), mlflow: registry, store: artifactStore, keeps: true },
              ...{ artifactRoot: model.artifactRoot, localModelDirectory: model.localModelDirectory },
              language: drift.language,
            },
            version,
          )
        : { reference },
    keepReport: async (report, files) => keepReport(report, files, requireLocation()),
    trackReport:
      mlflow &&
      ((report, files) =>
        trackReport(report, files, {
          mlflow,
          store: artifactStore,
          experimentName,
          environment,
          apiVersion,
        })),
    raiseAlert:
      alertChannels &&
      (async (report, links) =>
        raiseAlert(report, links, { location: requireLocation(), channels: alertChannels, log })),
    maintain: maintains
      ? () =>
          maintainTracking({
            location,
            mlflow,
            experimentName,
            ...settings.tracking.pace,
            runRetentionDays: settings.tracking.runRetentionDays,
            log,
          })
      : undefined,
    ...emit,
    log,
    now: () => new Date(),
  });
}
