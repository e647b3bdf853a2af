import { randomUUID } from "node:crypto";
import { MlflowError } from "../error.ts";
import { attemptRequest } from "./attempt-request.ts";
import { isRepeatable } from "./is-repeatable.ts";
import type { Fetch, TransportOptions } from "./transport-options.ts";

/**
 * Statuses after which a retry may succeed; 429 and 503 also mean that nothing was done. MLflow's 500 would only recur.
 */
const passingStatuses = new Set([408, 429, 502, 503, 504]);
const untouchedStatuses = new Set([429, 503]);
const longestPauseMs = 10_000;

/** A fetch with a timeout, a request id, and bounded retries of requests that are safe to send again. */
export function createFetch(options: TransportOptions): Fetch {
  return async (request) => {
    request.headers.set("x-request-id", randomUUID());
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= options.maxAttempts;
      const outcome = await attemptRequest(isLast ? request : request.clone(), options);
      if (isLast || !isWorthRepeating(request, outcome)) return settle(outcome);
      if (outcome instanceof Response) await outcome.body?.cancel();
      await pause(outcome, options.retryDelayMs * 2 ** (attempt - 1), request.signal);
    }
  };
}

function settle(outcome: Response | MlflowError): Response {
  if (outcome instanceof MlflowError) throw outcome;
  return outcome;
}

function isWorthRepeating(request: Request, outcome: Response | MlflowError): boolean {
  if (outcome instanceof MlflowError) {
    if (outcome.errorCode === "ABORTED") return false;
    return isRepeatable(request.method, request.url) || neverArrived(outcome);
  }
  if (untouchedStatuses.has(outcome.status)) return true;
  return passingStatuses.has(outcome.status) && isRepeatable(request.method, request.url);
}

/** Whether the connection itself failed, so that the request did not reach the server. */
function neverArrived(error: MlflowError): boolean {
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"].includes(String(code));
}

/** Waits a random time up to `upToMs` (full jitter) or, within bounds, as long as `Retry-After` asks. */
function pause(outcome: Response | MlflowError, upToMs: number, signal: AbortSignal): Promise<void> {
  const asked =
    outcome instanceof Response ? Number(outcome.headers.get("retry-after") ?? Number.NaN) : Number.NaN;
  const waitMs = Number.isFinite(asked) ? asked * 1000 : Math.random() * upToMs;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(waitMs, longestPauseMs));
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
