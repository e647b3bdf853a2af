import type { DashboardText } from "./texts.ts";

/** Why there are no new figures: a reason that the page has words for, or a status. */
export type Failure = { reason: DashboardText } | { status: number };

/**
 * Says of a refusal by the service, or by API Gateway before it, what the reader can do; only the status where that is unknown.
 *
 * @param error the service's name for the error
 * @param access how the page lets its reader be known: by a field for a key or token, not at all because requests are signed,
 * or not at all because everybody is answered
 */
export function explainRefusal(
  status: number,
  error: string | undefined,
  access: "field" | "signed" | "open",
): Failure {
  if ((status === 401 || status === 403) && access !== "open")
    return { reason: access === "field" ? "notAllowed" : "notSigned" };
  if (status === 429) return { reason: "tooManyRequests" };
  // Another 503 comes from a function that does not run: nothing is known of its log.
  if (status === 503 && error === "dashboard_unavailable") return { reason: "unavailable" };
  return { status };
}
