import { ServiceError } from "./service-error.ts";

/**
 * Names the kind of a failure, such as `ECONNREFUSED`, `AccessDenied` or `ModelError`. Anybody may read it: unlike a message it
 * contains no address, bucket, account, key or folder.
 */
export function nameFailure(error: unknown): string {
  const { cause, code, errorCode, name } = (error ?? {}) as Failure;
  const { code: causeCode, errorCode: causeErrorCode, name: causeName } = (cause ?? {}) as Failure;
  if (cause instanceof ServiceError || typeof causeErrorCode === "string") return nameFailure(cause);
  // A ServiceError's own code is for callers; the code of a DOMException (a timeout is one) is a number that means nothing to a reader.
  const ownCode = error instanceof ServiceError ? undefined : code;
  const named = [causeCode, errorCode, ownCode].find((known) => typeof known === "string");
  return named ?? (causeName === "Error" ? undefined : causeName) ?? name ?? "Error";
}

interface Failure {
  cause?: unknown;
  code?: string | number;
  /** Of an MlflowError. */
  errorCode?: string;
  name?: string;
}
