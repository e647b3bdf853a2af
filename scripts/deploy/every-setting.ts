import { parseMlflowSettings } from "../../shared/mlflow/settings.ts";
import { accessSettings } from "../../shared/settings/access.ts";
import { alertSettings } from "../../shared/settings/alerts.ts";
import { challengerSettings } from "../../shared/settings/challenger.ts";
import { driftSettings } from "../../shared/settings/drift.ts";
import { gateSettings } from "../../shared/settings/gate.ts";
import { inputCheckSettings } from "../../shared/settings/input-check.ts";
import { labelSettings } from "../../shared/settings/labels.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { photographSettings } from "../../shared/settings/photographs.ts";
import { retrainingSettings } from "../../shared/settings/retraining.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { storedUploadSettings } from "../../shared/settings/stored-uploads.ts";
import { trackingSettings } from "../../shared/settings/tracking.ts";
import { uploadSettings } from "../../shared/settings/upload.ts";

/** The settings of all functions and of the training job, by which a deployment is checked before it is built. A new fragment must be added here. */
export const everySetting = {
  service: serviceSettings,
  access: accessSettings,
  upload: uploadSettings,
  storedUploads: storedUploadSettings,
  inputCheck: inputCheckSettings,
  model: modelSettings,
  challenger: challengerSettings,
  storage: storageSettings,
  drift: driftSettings,
  alerts: alertSettings,
  labels: labelSettings,
  photographs: photographSettings,
  retraining: retrainingSettings,
  gate: gateSettings,
  tracking: trackingSettings,
  mlflow: parseMlflowSettings,
};
