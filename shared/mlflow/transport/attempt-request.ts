import { MlflowError } from "../error.ts";
import { createTimer, type Timer } from "./create-timer.ts";
import type { TransportOptions } from "./transport-options.ts";
import { watchPauses } from "./watch-pauses.ts";

/** Sends a request once. Returns the response, or the reason why there is none. */
export async function attemptRequest(
  request: Request,
  options: TransportOptions,
): Promise<Response | MlflowError> {
  const timeout = new AbortController();
  const timer = createTimer(options.timeoutMs, () => timeout.abort(timeoutError(request, options.timeoutMs)));
  try {
    const signal = AbortSignal.any([request.signal, timeout.signal]);
    const response = await options.fetch(request, {
      signal,
      ...(options.isStream && watchUpload(request, timer)),
    });
    const body = options.isStream ? watchDownload(response, timer) : await readWhole(response, timer);
    return withRequestId(response, body, request);
  } catch (error) {
    timer.stop();
    return error instanceof MlflowError ? error : connectionError(request, error);
  }
}

/** After the last piece of the body, the server has the whole timeout to respond. */
function watchUpload({ body }: Request, timer: Timer): RequestInit {
  return body === null ? {} : { body: watchPauses(body, timer, timer.restart), duplex: "half" };
}

function watchDownload({ body }: Response, timer: Timer): ReadableStream | null {
  if (body === null) timer.stop();
  return body === null ? null : watchPauses(body, timer, timer.stop);
}

/** Reads the body within the timeout. Every response of the API is small, except a file. */
async function readWhole(response: Response, timer: Timer): Promise<ArrayBuffer | null> {
  const body = await response.arrayBuffer();
  timer.stop();
  return body.byteLength === 0 ? null : body;
}

/** Adds the request's id for errors, in case the server does not echo it. */
function withRequestId(
  { status, statusText, headers }: Response,
  body: ReadableStream | ArrayBuffer | null,
  request: Request,
): Response {
  const response = new Response(body, { status, statusText, headers });
  if (!headers.has("x-request-id")) response.headers.set("x-request-id", requestId(request));
  return response;
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
