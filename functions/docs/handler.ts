import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { startFunction } from "../../shared/runtime/start-function.ts";
import { uploadSettings } from "../../shared/settings/upload.ts";
import { createDocs } from "./docs.ts";

const { settings, log, afterResponse } = await startFunction({ upload: uploadSettings });

/** Also answers every unknown route: `"*"` in serverless.yml. */
export const handler = createHttpHandler({
  routes: createDocs({ version: settings.service.apiVersion, limits: settings.upload }),
  log,
  afterResponse,
});
