import { lambdaSettings } from "../settings/lambda.ts";
import { type Fragment, loadSettings, type Settings } from "../settings/load-settings.ts";
import { serviceSettings } from "../settings/service.ts";
import { registerAfterResponse } from "./after-response.ts";
import { createLogger } from "./logger.ts";

const everyFunction = { service: serviceSettings, lambda: lambdaSettings };

/**
 * What every function does first: it reads the settings, creates a log, and prepares for work after responses. Await it at module
 * level: Lambda registers extensions only in the init phase.
 *
 * @param fragments settings of this function, in addition to those of every function
 * @throws SettingsError that names every bad variable at once
 * @example const { settings, log, afterResponse } = await startFunction({ drift: driftSettings });
 */
export async function startFunction<F extends Record<string, Fragment>>(fragments: F) {
  const settings: Settings<typeof everyFunction> & Settings<F> = loadSettings({
    ...everyFunction,
    ...fragments,
  });
  const { functionName, logLevel } = settings.service;
  const log = createLogger({ functionName, level: logLevel });
  const afterResponse = await registerAfterResponse({ runtimeApi: settings.lambda.runtimeApi, log });
  return { settings, log, afterResponse };
}
