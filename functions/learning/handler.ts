import { openStorage } from "../../shared/aws/open-storage.ts";
import { readCopiedLabels } from "../../shared/labels/copied-labels.ts";
import { decideRetraining } from "../../shared/learning/decide-retraining.ts";
import { readLearningFacts } from "../../shared/learning/read-facts.ts";
import { setModelVersionTag } from "../../shared/mlflow/calls/set-model-version-tag.ts";
import { createMlflowClient, parseMlflowSettings } from "../../shared/mlflow/index.ts";
import { renderComparisonRun } from "../../shared/report-runs/comparison-run.ts";
import { writeReportRun } from "../../shared/report-runs/report-run.ts";
import { emitFailedParts } from "../../shared/runtime/cloudwatch-metrics.ts";
import { createScheduledHandler } from "../../shared/runtime/scheduled-handler.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { testEndedTag } from "../../shared/schemas/challenger-state.ts";
import { challengerSettings } from "../../shared/settings/challenger.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { retrainingSettings } from "../../shared/settings/retraining.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { tagText } from "../../shared/tracking/entries/mlflow-text.ts";
import { findTest } from "./find-test.ts";
import { createLearning } from "./learning.ts";
import { trackRealised } from "./track-realised.ts";
import { watchTest } from "./watch-test.ts";

const { settings, log, afterResponse } = await startFunction({
  storage: storageSettings,
  model: modelSettings,
  challenger: challengerSettings,
  retraining: retrainingSettings,
  mlflow: parseMlflowSettings,
});
const { artifactStore, requireLocation } = openStorage(settings.storage);
const mlflow = createMlflowClient({ ...settings.mlflow, timeoutMs: 10_000, maxAttempts: 2 });
const { modelName } = settings.model;
const { alias, share } = settings.challenger;

const learning = createLearning({
  watchTest: () =>
    watchTest({
      findTest: async () =>
        alias === undefined || share === 0
          ? undefined
          : findTest(modelName, alias, { mlflow, location: requireLocation(), nowMs: Date.now() }),
      endTest: async (version, reason) => {
        await setModelVersionTag(mlflow, {
          name: modelName,
          version,
          key: testEndedTag,
          value: tagText(reason),
        });
      },
      trackReport: async (report) =>
        settings.service.enableTracking &&
        writeReportRun(renderComparisonRun(report), { mlflow, store: artifactStore, ...settings.service }),
      log,
    }),
  readFacts: async () => {
    const location = requireLocation();
    return readLearningFacts(location, Date.now(), (period) => readCopiedLabels(location, period));
  },
  trackRealised: async (labels) =>
    settings.service.enableTracking &&
    trackRealised(labels, { mlflow, nowMs: Date.now(), ...settings.service }),
  decideRetraining: (facts) => decideRetraining(facts, settings.retraining),
  emitFailedParts: (failedParts) => emitFailedParts("learning", failedParts, settings.service.environment),
  log,
});

export const handler = createScheduledHandler({ job: "learning", run: learning, log, afterResponse });
