import { bucketAddress } from "../../shared/aws/bucket-address.ts";
import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { accessSettings } from "../../shared/settings/access.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { photographSettings } from "../../shared/settings/photographs.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { storedUploadSettings } from "../../shared/settings/stored-uploads.ts";
import { uploadSettings } from "../../shared/settings/upload.ts";
import { createDocs } from "./docs.ts";

const { settings, log, afterResponse } = await startFunction({
  upload: uploadSettings,
  storage: storageSettings,
  uploads: storedUploadSettings,
  access: accessSettings,
  model: modelSettings,
  photographs: photographSettings,
});
const { region, s3Endpoint } = settings.storage;
const { bucket, maxBytes, callersEndpoint: endpoint = s3Endpoint } = settings.uploads;

/** Also answers every unknown route: `"*"` in serverless.yml. */
export const handler = createHttpHandler({
  routes: createDocs({
    version: settings.service.apiVersion,
    modelName: settings.model.modelName,
    limits: settings.upload,
    access: settings.access,
    keepsPhotographs: settings.photographs.policy !== "none",
    uploads:
      bucket === undefined
        ? undefined
        : { origin: new URL(bucketAddress({ region, endpoint }, bucket)).origin, maxBytes },
  }),
  log,
  afterResponse,
});
