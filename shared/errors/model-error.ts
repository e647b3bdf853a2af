import { ServiceError } from "./service-error.ts";

/** A model version cannot be served; the message names the version and what is wrong with it. */
export class ModelError extends ServiceError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super("model_not_servable", message, options);
  }
}

/** The registry has no version where one was looked for: not the number, or none in the stage or with the alias. */
export class NoVersionError extends ModelError {}

/** No model is loaded, so no answer can be given. */
export class ModelNotLoadedError extends ServiceError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super("model_not_loaded", message, { ...options, status: 503 });
  }
}
