import { parseMlflowSettings } from "../../shared/mlflow/index.ts";
import { registerAfterResponse } from "../../shared/runtime/after-response.ts";
import { createLogger } from "../../shared/runtime/logger.ts";
import { createScheduledHandler } from "../../shared/runtime/scheduled-handler.ts";
import { driftSettings } from "../../shared/settings/drift.ts";
import { lambdaSettings } from "../../shared/settings/lambda.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { createDriftJob } from "./create-drift-job.ts";
import { emitJobMetrics, emitReportMetrics } from "./emit-metrics.ts";

const settings = loadSettings({
  service: serviceSettings,
  storage: storageSettings,
  drift: driftSettings,
  mlflow: parseMlflowSettings,
  lambda: lambdaSettings,
});
const { environment, functionName, logLevel } = settings.service;
const log = createLogger({ functionName, level: logLevel });
const afterResponse = await registerAfterResponse({ runtimeApi: settings.lambda.runtimeApi, log });

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
