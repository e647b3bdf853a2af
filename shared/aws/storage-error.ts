import { ServiceError } from "../errors/service-error.ts";

/** S3 could not be reached or refused a request; the message names the operation, the object and the reason. */
export class StorageError extends ServiceError {
  constructor(operation: string, address: string, cause: unknown) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super("storage_error", `S3 ${operation} of ${address} failed (${reason})`, { cause });
  }
}
