/** Base of every error that this service raises on purpose. */
export class ServiceError extends Error {
  /** Stable name in snake_case: the `error` field of a response. */
  readonly code: string;
  /** HTTP status for the caller; 500 by default. */
  readonly status: number;

  constructor(code: string, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.status = options.status ?? 500;
  }
}
