import type { PredictionWarning } from "../schemas/prediction.ts";
import { ServiceError } from "./service-error.ts";

export type RequestErrorCode =
  | "invalid_request"
  | "invalid_image"
  | "not_found"
  | "upload_not_found"
  | "labels_off"
  | "prediction_not_found"
  | "unknown_label"
  | "method_not_allowed"
  | "explanation_unavailable"
  | "payload_too_large"
  | "unsupported_media_type"
  | "missing_file"
  | "ungradable_photograph"
  | "too_many_requests";

const statusOf: Record<RequestErrorCode, number> = {
  invalid_request: 400,
  invalid_image: 400,
  not_found: 404,
  upload_not_found: 404,
  labels_off: 404,
  prediction_not_found: 404,
  unknown_label: 422,
  method_not_allowed: 405,
  explanation_unavailable: 406,
  payload_too_large: 413,
  unsupported_media_type: 415,
  missing_file: 422,
  ungradable_photograph: 422,
  too_many_requests: 429,
};

interface RequestErrorOptions {
  cause?: unknown;
  /** Why a photograph cannot be graded. */
  warnings?: PredictionWarning[];
  /** The message without what the caller wrote; needed wherever `message` quotes that. */
  recorded?: string;
}

/** The caller sent a request that cannot be answered; `message` says what was expected and what came. */
export class RequestError extends ServiceError {
  /** Why a photograph cannot be graded. */
  readonly warnings: PredictionWarning[] | undefined;
  /** What is logged and recorded in place of `message`: what a caller wrote may name a patient. */
  readonly recorded: string;

  constructor(
    code: RequestErrorCode,
    message: string,
    { warnings, recorded = message, ...options }: RequestErrorOptions = {},
  ) {
    super(code, message, { ...options, status: statusOf[code] });
    this.warnings = warnings;
    this.recorded = recorded;
  }
}
