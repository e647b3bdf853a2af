/**
 * What went wrong in a call: MLflow's own `error_code`, or this client's code for a connection or response that failed.
 */
export type MlflowErrorCode =
  | "RESOURCE_DOES_NOT_EXIST"
  | "RESOURCE_ALREADY_EXISTS"
  | "INVALID_PARAMETER_VALUE"
  | "UNAUTHENTICATED"
  | "PERMISSION_DENIED"
  | "ENDPOINT_NOT_FOUND"
  | "INTERNAL_ERROR"
  | "CONNECTION_FAILED"
  | "TIMEOUT"
  | "ABORTED"
  | "UNEXPECTED_ANSWER"
  | (string & {});

export interface MlflowErrorDetails {
  errorCode: MlflowErrorCode;
  status?: number | undefined;
  requestId?: string | undefined;
  cause?: unknown;
}

/**
 * The one error of this client.
 *
 * @example
 * ```ts
 * try {
 *   await createRegisteredModel(client, { name: "eye-disease-model" });
 * } catch (error) {
 *   if (!(error instanceof MlflowError && error.errorCode === "RESOURCE_ALREADY_EXISTS")) throw error;
 * }
 * ```
 */
export class MlflowError extends Error {
  /** MLflow's `error_code`, or this client's own code. */
  readonly errorCode: MlflowErrorCode;
  /** HTTP status of the response; undefined when there was none. */
  readonly status: number | undefined;
  /** `X-Request-Id` of the response, otherwise of the request: what to look for in a server's log. */
  readonly requestId: string | undefined;

  constructor(message: string, details: MlflowErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "MlflowError";
    this.errorCode = details.errorCode;
    this.status = details.status;
    this.requestId = details.requestId;
  }
}
