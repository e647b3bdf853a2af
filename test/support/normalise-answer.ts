import type { Answer } from "./http-client.ts";

/** Headers that tell of a connection, not of the answer. */
const connectionHeaders = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];

/**
 * What two servers must agree on: an answer without its ids, times and durations.
 * Headers of CORS are the gateway's, not the service's: left out.
 */
export function normaliseAnswer({ status, headers, body }: Answer) {
  const { vary = "", ...others } = headers;
  const varyBesideOrigin = String(vary)
    .split(/, */)
    .filter((name) => !/^(origin)?$/i.test(name))
    .join();
  const relevant = Object.entries({ ...others, vary: varyBesideOrigin }).filter(
    ([name]) => !connectionHeaders.includes(name) && !name.startsWith("access-control-"),
  );
  const isJson = String(headers["content-type"]).startsWith("application/json") && body !== "";
  return {
    status,
    headers: Object.fromEntries(relevant.map(([name, value]) => [name, normaliseText(String(value))])),
    body: isJson ? JSON.parse(body, normaliseField) : body,
  };
}

const durationNames = /(_ms|_seconds|_per_second|_response_time)$/;

function normaliseField(name: string, value: unknown): unknown {
  if (typeof value === "number" && durationNames.test(name)) return "<duration>";
  // How many environments there are, and which of them answers, is the gateway's choice: what is of one session is left out.
  if (/^(session_|class_dist_)/.test(name)) return undefined;
  return typeof value === "string" ? normaliseText(value) : value;
}

const normaliseText = (text: string): string =>
  text
    .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, "<id>")
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "<time>")
    .replace(/api_session_\d+/g, "<session>");
