import type { ErrorBody } from "../contracts/prediction.ts";
import { ServiceError } from "../errors/service-error.ts";

/**
 * What a caller may know of an error: the message of an error raised on purpose with a status of its own, nothing of any
 * other, which only the log gets.
 */
export function describeError(error: unknown): { status: number; body: ErrorBody } {
  if (error instanceof ServiceError && error.status !== 500) {
    return { status: error.status, body: { error: error.code, detail: error.message } };
  }
  return {
    status: 500,
    body: { error: "internal_error", detail: "The service failed to answer; its log has the cause." },
  };
}
