import { ServiceError } from "./service-error.ts";

/** A file or folder that somebody gave to a command is not as expected; the message says what was expected and what came. */
export class InputError extends ServiceError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super("invalid_input", message, options);
  }
}
