import type { ErrorBody, Prediction, PredictionWarning } from "../../../shared/schemas/prediction.ts";
import { credentialHeaders } from "./credential.ts";
import { sendLarge, UploadError } from "./send-large.ts";

export type Outcome =
  | { kind: "answered"; prediction: Prediction; elapsedMs: number; answeredAt: Date }
  /**
   * `code` is the service's or the page's name for the error; `detail` is the service's explanation in English, or empty;
   * `warnings` say why a photograph cannot be graded.
   */
  | { kind: "refused"; code: string; detail: string; warnings: PredictionWarning[] };

const timeoutMs = 30_000;
/** The largest photograph that a request to Lambda carries; larger ones go through the bucket of uploads, up to its limit. */
const maxRequestBytes = 4_500_000;
const maxUploadBytes = 50 * 1024 * 1024;

/**
 * Sends one photograph to the service, without its file name, which may name a patient.
 *
 * @param onProgress told how much of a large photograph has been sent, 0..1
 * @param abandoned ends the request when the photograph is no longer wanted; the promise is then rejected
 */
export async function classify(
  photograph: Blob,
  onProgress: (share: number) => void,
  abandoned: AbortSignal,
): Promise<Outcome> {
  if (photograph.size === 0) return refused("empty_file");
  if (photograph.size > maxUploadBytes) return refused("payload_too_large");
  const startedMs = performance.now();
  let response: Response;
  try {
    const request = await prepareRequest(photograph, onProgress, abandoned);
    if (request instanceof Response) return readRefusal(request);
    const signal = AbortSignal.any([abandoned, AbortSignal.timeout(timeoutMs)]);
    const headers = { ...request.headers, ...credentialHeaders() };
    response = await fetch("/predict?explain=true", { method: "POST", ...request, headers, signal });
    if (response.ok) {
      const prediction: Prediction = await response.json();
      const elapsedMs = performance.now() - startedMs;
      return { kind: "answered", prediction, elapsedMs, answeredAt: new Date() };
    }
  } catch (error) {
    if (abandoned.aborted) throw error;
    if (error instanceof UploadError) return refused(error.code, error.message);
    const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
    return refused(isTimeout ? "timeout" : "unreachable");
  }
  return readRefusal(response);
}

const refused = (code: string, detail = "", warnings: PredictionWarning[] = []): Outcome => ({
  kind: "refused",
  code,
  detail,
  warnings,
});

async function prepareRequest(
  photograph: Blob,
  onProgress: (share: number) => void,
  abandoned: AbortSignal,
): Promise<RequestInit | Response> {
  const form = new FormData();
  if (photograph.size > maxRequestBytes) {
    const sent = await sendLarge(photograph, onProgress, abandoned);
    if (sent instanceof Response) return sent;
    form.append("upload_id", sent);
    return { body: form };
  }
  form.append("file", photograph, "photograph");
  return { body: form };
}

/** Codes for what API Gateway refuses by itself: its responses have no `error`. */
const gatewayCodes: Record<number, string> = {
  401: "not_allowed",
  403: "not_allowed",
  413: "payload_too_large",
  429: "too_many_requests",
  504: "timeout",
};

async function readRefusal(response: Response): Promise<Outcome> {
  const body: Partial<ErrorBody> = await response.json().catch(() => ({}));
  const code = body.error ?? gatewayCodes[response.status] ?? "unknown";
  return refused(code, body.detail ?? `HTTP ${response.status}`, body.warnings);
}
