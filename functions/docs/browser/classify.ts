import type { ErrorBody, Prediction } from "../../../shared/contracts/prediction.ts";

export type Outcome =
  | { kind: "answered"; prediction: Prediction; elapsedMs: number }
  /** `code` is the service's name for the error; `detail` its own words, in English, or empty. */
  | { kind: "refused"; code: string; detail: string };

const timeoutMs = 30_000;

/**
 * Sends one photograph to the service. Its name stays behind: it may name a patient.
 *
 * @param abandoned ends the request when the photograph is no longer of interest; the promise is then
 *   rejected
 */
export async function classify(photograph: Blob, abandoned: AbortSignal): Promise<Outcome> {
  const form = new FormData();
  form.append("file", photograph, "photograph");
  const startedMs = performance.now();
  let response: Response;
  try {
    const signal = AbortSignal.any([abandoned, AbortSignal.timeout(timeoutMs)]);
    response = await fetch("/predict", { method: "POST", body: form, signal });
    if (response.ok) {
      const prediction: Prediction = await response.json();
      return { kind: "answered", prediction, elapsedMs: performance.now() - startedMs };
    }
  } catch (error) {
    if (abandoned.aborted) throw error;
    const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
    return { kind: "refused", code: isTimeout ? "timeout" : "unreachable", detail: "" };
  }
  return readRefusal(response);
}

async function readRefusal(response: Response): Promise<Outcome> {
  // A gateway before the service may refuse in a form of its own.
  const body: Partial<ErrorBody> = await response.json().catch(() => ({}));
  const code = body.error ?? (response.status === 413 ? "payload_too_large" : "unknown");
  return { kind: "refused", code, detail: body.detail ?? `HTTP ${response.status}` };
}
