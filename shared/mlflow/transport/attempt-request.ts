import { MlflowError } from "../error.ts";
import type { TransportOptions } from "./create-fetch.ts";
import { watchPauses } from "./watch-pauses.ts";

/** Sends a request once: the answer, or why there is none. */
export async function attemptRequest(
  request: Request,
  options: TransportOptions,
): Promise<Response | MlflowError> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(timeoutError(request, options.timeoutMs)), options.timeoutMs);
  try {
    const signal = AbortSignal.any([request.signal, timeout.signal]);
    const response = withRequestId(await options.fetch(request, { signal }), request);
    return options.isStream ? watchPauses(response, timer) : await readWhole(response, timer);
  } catch (error) {
    clearTimeout(timer);
    return error instanceof MlflowError ? error : connectionError(request, error);
  }
}

/** Reads the body while the timeout still counts; every answer of the API but a file is small. */
async function readWhole(response: Response, timer: NodeJS.Timeout): Promise<Response> {
  const body = await response.arrayBuffer();
  clearTimeout(timer);
  const { status, statusText, headers } = response;
  return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
}

/** Lets an error name the request even when the server does not echo its id. */
function withRequestId(response: Response, request: Request): Response {
  const headers = new Headers(response.headers);
  if (!headers.has("x-request-id")) headers.set("x-request-id", requestId(request));
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}

function timeoutError(request: Request, timeoutMs: number): MlflowError {
  return new MlflowError(`${describe(request)}: MLflow did not answer within ${timeoutMs} ms`, {
    errorCode: "TIMEOUT",
    requestId: requestId(request),
  });
}

function connectionError(request: Request, error: unknown): MlflowError {
  if (request.signal.aborted) {
    const details = { errorCode: "ABORTED", requestId: requestId(request), cause: error };
    return new MlflowError(`${describe(request)}: aborted by the caller`, details);
  }
  const cause = error instanceof TypeError && error.cause !== undefined ? error.cause : error;
  const reason =
    (cause as { code?: string }).code ?? (cause instanceof Error ? cause.message : String(cause));
  const details = { errorCode: "CONNECTION_FAILED", requestId: requestId(request), cause };
  return new MlflowError(`${describe(request)}: MLflow cannot be reached (${reason})`, details);
}

function describe(request: Request): string {
  return `${request.method} ${new URL(request.url).pathname}`;
}

function requestId(request: Request): string {
  return request.headers.get("x-request-id") ?? "";
}
