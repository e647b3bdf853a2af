import { MlflowError, type MlflowErrorCode } from "./error.ts";

interface CallResult<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/**
 * Waits for a call of the client and returns its data.
 *
 * @throws MlflowError when MLflow refused, could not be reached, or sent something other than JSON.
 *
 * @example
 * ```ts
 * const { runs } = await unwrap(client.POST("/api/2.0/mlflow/runs/search", { body: { experiment_ids: ["1"] } }));
 * ```
 */
export async function unwrap<Data>(call: Promise<CallResult<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch(rethrowUnreadable);
  if (!response.ok) throw describeRefusal(error, response);
  return data as Data;
}

function rethrowUnreadable(error: unknown): never {
  if (!(error instanceof SyntaxError)) throw error;
  throw new MlflowError("MLflow's response is not JSON", { errorCode: "UNEXPECTED_ANSWER", cause: error });
}

/**
 * MLflow's handlers refuse with `{error_code, message}`, its newer routes with `{detail}`, proxies with text or HTML.
 */
function describeRefusal(body: unknown, response: Response): MlflowError {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const errorCode = typeof fields.error_code === "string" ? fields.error_code : codeOfStatus(response.status);
  const message = fields.message ?? fields.detail ?? describeText(body, response);
  return new MlflowError(typeof message === "string" ? message : JSON.stringify(message), {
    errorCode,
    status: response.status,
    requestId: response.headers.get("x-request-id") ?? undefined,
  });
}

function describeText(body: unknown, { status, statusText }: Response): string {
  const answered = `MLflow answered ${status} ${statusText}`.trim();
  const isPlainText = typeof body === "string" && body !== "" && !body.trimStart().startsWith("<");
  return isPlainText ? `${answered}: ${body.slice(0, 300)}` : answered;
}

function codeOfStatus(status: number): MlflowErrorCode {
  if (status === 401) return "UNAUTHENTICATED";
  if (status === 403) return "PERMISSION_DENIED";
  if (status === 404) return "ENDPOINT_NOT_FOUND";
  return status >= 500 ? "INTERNAL_ERROR" : "UNEXPECTED_ANSWER";
}
