import { ServiceError } from "../errors/service-error.ts";

/** S3 could not be reached or refused a request; the message names the operation, the object and the reason. */
export class StorageError extends ServiceError {
  /** Whether S3 would refuse the request again: for want of a right, a bucket or a key of KMS. */
  readonly isRefusal: boolean;

  constructor(operation: string, address: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super("storage_error", `S3 ${operation} of ${address} failed (${reason})`, { cause });
    this.isRefusal = isRefusal(cause);
  }
}

/** Whether S3 answered with 4xx, but not that it is too busy (429, throttling) or that the request was too slow. */
function isRefusal(error: unknown): boolean {
  // The SDK's errors have `$metadata`, those of our own requests `status`.
  const answer = (error ?? {}) as { name?: string; status?: number; $metadata?: { httpStatusCode?: number } };
  const { name = "", $metadata, status = $metadata?.httpStatusCode ?? 0 } = answer;
  return status >= 400 && status < 500 && status !== 429 && !/Throttling|RequestTimeout$/.test(name);
}
