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

/** The caller sent a request that cannot be answered; `message` says what was expected and what came. */
export class RequestError extends ServiceError {
  /** Why a photograph cannot be graded. */
  readonly warnings: PredictionWarning[] | undefined;

  constructor(
    code: RequestErrorCode,
    message: string,
    { warnings, ...options }: { cause?: unknown; warnings?: PredictionWarning[] } = {},
  ) {
    super(code, message, { ...options, status: statusOf[code] });
    this.warnings = warnings;
  }
}
