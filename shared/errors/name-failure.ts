import { ServiceError } from "./service-error.ts";

/**
 * Names the kind of a failure, such as `ECONNREFUSED`, `AccessDenied` or `ModelError`. Anybody may read it: unlike a message it
 * contains no address, bucket, account, key or folder.
 */
export function nameFailure(error: unknown): string {
  const { cause, errorCode, name } = (error ?? {}) as { cause?: unknown; errorCode?: string; name?: string };
  if (cause instanceof ServiceError) return nameFailure(cause);
  const { code, name: causeName } = (cause ?? {}) as { code?: string | number; name?: string };
  // The code of a DOMException (a timeout is one) is a number that means nothing to a reader.
  const named = (typeof code === "string" ? code : undefined) ?? errorCode;
  return named ?? (causeName === "Error" ? undefined : causeName) ?? name ?? "Error";
}
