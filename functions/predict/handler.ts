import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { createKeptPhotographs } from "../../shared/aws/kept-photographs.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { createStoredUploads } from "../../shared/aws/stored-uploads.ts";
import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { loadPredictor } from "../../shared/inference/load-predictor.ts";
import { createMlflowClient, parseMlflowSettings } from "../../shared/mlflow/index.ts";
import { waitAtMost } from "../../shared/resilience/wait-at-most.ts";
import { currentInvocation } from "../../shared/runtime/invocation.ts";
import { createScheduledHandler } from "../../shared/runtime/scheduled-handler.ts";
import { onShutdown } from "../../shared/runtime/shutdown.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { decisionSchema } from "../../shared/schemas/prediction.ts";
import { createChallenger } from "../../shared/serving/challenger/challenger.ts";
import { openModelProcess } from "../../shared/serving/model-process/model-process.ts";
import { prepareModel } from "../../shared/serving/model-process/prepare-model.ts";
import {
  createModelService,
  registryClientLimits,
} from "../../shared/serving/model-service/model-service.ts";
import { writeServiceState } from "../../shared/serving/service-state.ts";
import { challengerSettings } from "../../shared/settings/challenger.ts";
import { inputCheckSettings } from "../../shared/settings/input-check.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { photographSettings } from "../../shared/settings/photographs.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { storedUploadSettings } from "../../shared/settings/stored-uploads.ts";
import { trackingSettings } from "../../shared/settings/tracking.ts";
import { uploadSettings } from "../../shared/settings/upload.ts";
import { startTracker } from "../../shared/tracking/start-tracker.ts";
import { createKeepPhotograph } from "./keep-photograph.ts";
import { createPeriodWatch } from "./period-watch.ts";
import { createPredict } from "./predict.ts";
import { createStateReport } from "./report-state.ts";
import { createShadow } from "./shadow.ts";
import { createTrial } from "./trial.ts";

/** Lambda allows the init phase 10 s; a model that takes longer goes on loading while the first event waits for it. */
const initBudgetMs = 8_000;

const { settings, log, afterResponse } = await startFunction({
  upload: uploadSettings,
  uploads: storedUploadSettings,
  inputCheck: inputCheckSettings,
  model: modelSettings,
  challenger: challengerSettings,
  photographs: photographSettings,
  storage: storageSettings,
  tracking: trackingSettings,
  mlflow: parseMlflowSettings,
});
const { memoryLimitMb, runtimeApi, threads } = settings.lambda;
const { store, artifactStore, location } = openStorage(settings.storage);
const tracker = startTracker({ settings, location, log });
onShutdown(async () => {
  await tracker.close();
  if (tracker.state().inference_log.dropped > emittedDropped) await emitOwnState();
}, log);

const uploads = createStoredUploads({ ...settings.uploads, store, log });

const mlflow = createMlflowClient({ ...settings.mlflow, ...registryClientLimits });
const models = createModelService({
  settings: settings.model,
  mlflow,
  store: artifactStore,
  experimentName: settings.service.experimentName,
  loadPredictor: (files, options) => loadPredictor(files, { ...options, memoryLimitMb, threads }),
  // On Lambda an environment gets no request while it loads a model, so no process of its own is needed.
  prepare: runtimeApi === undefined ? prepareModel : undefined,
  log,
  onLoad: ({ identity, engine, stage, ...load }) =>
    tracker.trackModelLoad({
      request_id: currentInvocation()?.requestId ?? "",
      success: load.success,
      reason: load.reason,
      load_time_seconds: load.loadTimeSeconds,
      model: { ...identity, ...(engine && { engine }), ...(stage && { stage }) },
      class_names: load.classNames,
    }),
});

// In an A/B test the challenger's time is compared with the champion's, so it gets as many threads; else it gets one, which yields.
const isTested = settings.challenger.share > 0;
const challenger = createChallenger({
  settings: settings.model,
  alias: settings.challenger.alias,
  mlflow,
  store: artifactStore,
  openModel: (files, options) =>
    openModelProcess(files, { ...options, ...(isTested && { threads, isEqual: true }) }),
  memoryLimitMb,
  servingVersion: () => {
    const { identity } = models.state();
    return identity?.source === "mlflow_registry" ? identity.version : undefined;
  },
  servingClasses: () => models.state().classNames,
  log,
});
const trial = createTrial({
  models,
  challenger,
  shadow: createShadow({ challenger, tracker, log }),
  settings: settings.challenger,
  log,
});

const { policy, bucket } = settings.photographs;
const keepPhotograph = createKeepPhotograph({
  policy,
  photographs: bucket === undefined ? undefined : createKeptPhotographs(store, bucket),
  log,
});

const reportState = createStateReport({
  models,
  challenger,
  session: tracker.state().session,
  write: async (state) => {
    if (location !== undefined) await writeServiceState(location, state);
  },
  log,
});

/** Kept free before Lambda's deadline, as Lambda ends an environment whose job takes longer. */
const deadlineMarginMs = 1_000;

const isNewPeriod = createPeriodWatch();
/** Records that the inference log had given up when CloudWatch was last told. */
let emittedDropped = 0;

/**
 * After a response and on schedule: picks up a promoted version, reports what serves, writes pending records, and says what the
 * alarms watch. The schedule is there so that one environment says it even when nobody asks for predictions.
 */
async function finish(): Promise<void> {
  const refreshed = models.refreshIfDue().then(challenger.refreshIfDue).then(reportState);
  await Promise.all([tracker.flush(), refreshed]);
  if (isNewPeriod()) await emitOwnState();
}

async function emitOwnState(): Promise<void> {
  const { emitState } = await import("./emit-state.ts");
  const tracking = tracker.state();
  emitState(
    {
      models: models.state(),
      tracking,
      droppedBefore: emittedDropped,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024 + challenger.memoryMb() * 2 ** 20,
      memoryLimitMb,
    },
    settings.service.environment,
  );
  emittedDropped = tracking.inference_log.dropped;
}

const http = createHttpHandler({
  routes: {
    "POST /predict": createPredict({
      limits: settings.upload,
      uploads,
      inputCheck: settings.inputCheck,
      models,
      trial,
      keepPhotograph,
      tracker,
      afterResponse,
      countDecision: async (answer) =>
        (await import("./emit-decision.ts")).emitDecision(
          answer,
          decisionSchema.options,
          settings.service.environment,
        ),
      finish,
    }),
  },
  log,
  afterResponse,
});

const warm = createScheduledHandler({
  job: "warm",
  run: async (_event, context) => {
    const leftMs = Math.max(context.getRemainingTimeInMillis() - deadlineMarginMs, 0);
    const isOver = await waitAtMost(models.start().then(finish), leftMs);
    // A version that is still being fetched must not keep the alarms and the health function from their figures.
    if (!isOver) {
      if (isNewPeriod()) await emitOwnState();
      afterResponse.run(reportState);
    }
    return models.state();
  },
  log,
  afterResponse,
});

/** Handles API Gateway's events, and the schedule that keeps an environment warm. */
export const handler = (event: APIGatewayProxyEventV2 | { job: "warm" }, context: Context) =>
  "routeKey" in event ? http(event, context) : warm(event, context);

await waitAtMost(models.start(), initBudgetMs);
