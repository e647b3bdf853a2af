import { createHttpHandler } from "../../shared/http/http-handler.ts";
import { registerAfterResponse } from "../../shared/runtime/after-response.ts";
import { createLogger } from "../../shared/runtime/logger.ts";
import { lambdaSettings } from "../../shared/settings/lambda.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { uploadSettings } from "../../shared/settings/upload.ts";
import { createDocs } from "./docs.ts";

const { service, upload, lambda } = loadSettings({
  service: serviceSettings,
  upload: uploadSettings,
  lambda: lambdaSettings,
});
const log = createLogger({ functionName: service.functionName, level: service.logLevel });

/** Also answers every unknown route: `"*"` in serverless.yml. */
export const handler = createHttpHandler({
  routes: createDocs({ version: service.apiVersion, limits: upload }),
  log,
  afterResponse: await registerAfterResponse({ runtimeApi: lambda.runtimeApi, log }),
});
