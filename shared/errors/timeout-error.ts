import { ServiceError } from "./service-error.ts";

/** The time of the function is over before a route has answered. */
export class AnswerTimeoutError extends ServiceError {
  constructor() {
    super("timeout", "The service could not answer in time.", { status: 504 });
  }
}
