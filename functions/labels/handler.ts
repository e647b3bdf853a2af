import { createKeptPhotographs } from "../../shared/aws/kept-photographs.ts";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { findPrediction } from "../../shared/inference-log/find-prediction.ts";
import { createLabelStore } from "../../shared/labels/label-store.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { accessSettings } from "../../shared/settings/access.ts";
import { labelSettings } from "../../shared/settings/labels.ts";
import { photographSettings } from "../../shared/settings/photographs.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { createConfirmPhotograph } from "./confirm-photograph.ts";
import { createLabels } from "./labels.ts";

const { settings, log, afterResponse } = await startFunction({
  storage: storageSettings,
  labels: labelSettings,
  access: accessSettings,
  photographs: photographSettings,
});
const { store, requireLocation } = openStorage(settings.storage);
const { policy, bucket } = settings.photographs;
/** Only under this policy does a photograph wait for its label. */
const photographs =
  policy === "labelled" && bucket !== undefined ? createKeptPhotographs(store, bucket) : undefined;
/** A deployment without authentication would let anybody send labels; on a developer's machine only the developer calls. */
const isOpenToAll = settings.access.mode === "none" && settings.lambda.runtimeApi !== undefined;
const closedBecause = !settings.labels.areTaken
  ? "Expected a path of this service: labels are switched off here (ENABLE_LABELS)"
  : isOpenToAll
    ? "Expected a path of this service: labels are taken from authenticated callers alone (AUTH)"
    : undefined;

export const handler = createHttpHandler({
  routes: {
    "POST /predictions/{prediction_id}/label": createLabels({
      closedBecause,
      findPrediction: (predictionId) => findPrediction(requireLocation(), predictionId),
      labels: { add: (label) => createLabelStore(requireLocation()).add(label) },
      onLabel: createConfirmPhotograph({ photographs, afterResponse }),
    }),
  },
  log,
  afterResponse,
});
