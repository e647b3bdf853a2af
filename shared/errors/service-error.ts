/** Base of every error this service raises on purpose: a stable `code`, an HTTP status where one applies, the `cause` kept. */
export class ServiceError extends Error {
  /** Stable name in snake_case: the `error` field of an answer. */
  readonly code: string;
  /** HTTP status for the caller; 500 unless the error says otherwise. */
  readonly status: number;

  constructor(code: string, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.status = options.status ?? 500;
  }
}
