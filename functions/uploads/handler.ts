import { presignUpload } from "../../shared/aws/presign-upload.ts";
import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { storedUploadSettings } from "../../shared/settings/stored-uploads.ts";
import { createUploads } from "./uploads.ts";

const { settings, log, afterResponse } = await startFunction({
  storage: storageSettings,
  uploads: storedUploadSettings,
});
const { region, s3Endpoint } = settings.storage;
const s3 = { region, endpoint: settings.uploads.callersEndpoint ?? s3Endpoint };

export const handler = createHttpHandler({
  routes: {
    "POST /uploads": createUploads({ ...settings.uploads, presign: (options) => presignUpload(s3, options) }),
  },
  log,
  afterResponse,
});
