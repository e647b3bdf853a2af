import { parseMlflowSettings } from "../../shared/mlflow/index.ts";
import { emitFailedParts } from "../../shared/runtime/cloudwatch-metrics.ts";
import { createScheduledHandler } from "../../shared/runtime/scheduled-handler.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { alertSettings } from "../../shared/settings/alerts.ts";
import { driftSettings } from "../../shared/settings/drift.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { trackingSettings } from "../../shared/settings/tracking.ts";
import { createAlertChannels } from "./alerts/create-alert-channels.ts";
import { createDriftJob } from "./create-drift-job.ts";
import { emitReportMetrics } from "./emit-metrics.ts";
import { chooseScheduledWindow, isDaily } from "./scheduled-window.ts";

const { settings, log, afterResponse } = await startFunction({
  storage: storageSettings,
  tracking: trackingSettings,
  drift: driftSettings,
  alerts: alertSettings,
  model: modelSettings,
  mlflow: parseMlflowSettings,
});
const { environment } = settings.service;

const analyseLast = createDriftJob({
  settings,
  emitReportMetrics: (report) => emitReportMetrics(report, environment),
  emitJobMetrics: (failedParts) => emitFailedParts("drift", failedParts, environment),
  alertChannels: createAlertChannels(settings.alerts),
  maintains: true,
  log,
});

/** The daily report is for reading: it changes no metric that an alarm watches, and alerts nobody. */
const analyseDay = createDriftJob({
  settings,
  emitReportMetrics() {},
  emitJobMetrics: (failedParts) => emitFailedParts("drift", failedParts, environment),
  maintains: false,
  log,
});

/** Returns what an invocation by hand should see; the report itself is in MLflow and S3. */
async function run(event: unknown) {
  const analyse = isDaily(event) ? analyseDay : analyseLast;
  const { report, ...outcome } = await analyse(
    chooseScheduledWindow(event, settings.drift.windowSize, Date.now()),
  );
  return { verdict: report?.verdict, ...outcome };
}

export const handler = createScheduledHandler({ job: "drift", run, log, afterResponse });
