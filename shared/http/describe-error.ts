import { ModelError, ModelNotLoadedError } from "../errors/model-error.ts";
import { RequestError } from "../errors/request-error.ts";
import { ServiceError } from "../errors/service-error.ts";
import type { ErrorBody } from "../schemas/prediction.ts";

/** What a caller is told about an error; the log has the cause. */
export interface ErrorDescription {
  status: number;
  body: ErrorBody;
  /** `body.detail` without what the caller wrote, which may name a patient: for logs and records. */
  recorded: string;
}

/**
 * Describes an error for the caller: with its message if it was raised on purpose with a status of its own, or by the
 * model; without any detail otherwise.
 */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof ModelNotLoadedError) {
    // Its message names addresses and folders, which are not for callers.
    return describe(error.status, error.code, "No model is loaded at the moment, so no answer can be given.");
  }
  // The model is at fault, not the request: the records of errors must say so without a look into the log.
  if (error instanceof ModelError) return describe(500, "model_failed", error.message);
  if (error instanceof ServiceError && error.status !== 500) {
    const { status, body, recorded } = describe(error.status, error.code, error.message);
    if (!(error instanceof RequestError)) return { status, body, recorded };
    const { warnings } = error;
    return { status, body: { ...body, ...(warnings && { warnings }) }, recorded: error.recorded };
  }
  return describe(500, "internal_error", "The service failed to answer; its log has the cause.");
}

function describe(status: number, error: string, detail: string): ErrorDescription {
  return { status, body: { error, detail }, recorded: detail };
}
