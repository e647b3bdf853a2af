import { parseMlflowSettings } from "../mlflow/settings.ts";
import { accessSettings } from "./access.ts";
import { challengerSettings } from "./challenger.ts";
import { driftSettings } from "./drift.ts";
import { inputCheckSettings } from "./input-check.ts";
import { labelSettings } from "./labels.ts";
import { modelSettings } from "./model.ts";
import { serviceSettings } from "./service.ts";
import { storageSettings } from "./storage.ts";
import { storedUploadSettings } from "./stored-uploads.ts";
import { trackingSettings } from "./tracking.ts";
import { uploadSettings } from "./upload.ts";

/** The settings of all functions together: what a deployment is checked by before it is built. A new fragment belongs here. */
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
  labels: labelSettings,
  tracking: trackingSettings,
  mlflow: parseMlflowSettings,
};
