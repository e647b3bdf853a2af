import { parseMlflowSettings } from "../../shared/mlflow/index.ts";
import { createScheduledHandler } from "../../shared/runtime/scheduled-handler.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { driftSettings } from "../../shared/settings/drift.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { trackingSettings } from "../../shared/settings/tracking.ts";
import { createDriftJob } from "./create-drift-job.ts";
import { emitJobMetrics, emitReportMetrics } from "./emit-metrics.ts";

const { settings, log, afterResponse } = await startFunction({
  storage: storageSettings,
  tracking: trackingSettings,
  drift: driftSettings,
  mlflow: parseMlflowSettings,
});
const { environment } = settings.service;

const analyse = createDriftJob({
  settings,
  emitReportMetrics: (report) => emitReportMetrics(report, environment),
  emitJobMetrics: (failedParts) => emitJobMetrics(failedParts, environment),
  log,
});

/** What an invocation by hand gets to see; the report itself is in MLflow and S3. */
async function run() {
  const { report, ...outcome } = await analyse();
  return { verdict: report?.verdict, ...outcome };
}

export const handler = createScheduledHandler({ job: "drift", run, log, afterResponse });
