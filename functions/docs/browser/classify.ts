import type { ErrorBody, Prediction, PredictionWarning } from "../../../shared/schemas/prediction.ts";
import { credentialHeaders, isSendable } from "./credential.ts";
import { readLimits } from "./limits.ts";
import { PostError, type PostResponse, post } from "./post.ts";
import { sendLarge, UploadError } from "./send-large.ts";

export type Outcome =
  | { kind: "answered"; prediction: Prediction; elapsedMs: number; answeredAt: Date }
  /**
   * `code` is the service's or the page's name for the error; `detail` is the service's explanation in English, or empty;
   * `warnings` say why a photograph cannot be graded; `maxBytes` is how large it may be where that is not what the page says.
   */
  | { kind: "refused"; code: string; detail: string; warnings: PredictionWarning[]; maxBytes?: number };

/**
 * Sends one photograph to the service, without its file name, which may name a patient.
 *
 * @param headers what the caller says of this photograph
 * @param onProgress told how much of the photograph has been sent, 0..1
 * @param abandoned ends the request when the photograph is no longer wanted; the promise is then rejected
 */
export async function classify(
  photograph: Blob,
  headers: Record<string, string>,
  onProgress: (share: number) => void,
  abandoned: AbortSignal,
): Promise<Outcome> {
  if (photograph.size === 0) return refused("empty_file");
  if (photograph.size > readLimits().maxBytes) return refused("payload_too_large");
  // What is wrong on this side would otherwise look as if the service could not be reached.
  if (!(await isReadable(photograph))) return refused("unreadable_file");
  const credential = credentialHeaders();
  if (!isSendable(credential)) return refused("invalid_credential");
  const startedMs = performance.now();
  try {
    const response = await send(photograph, { ...headers, ...credential }, onProgress, abandoned);
    if (response.status >= 300) return readRefusal(response);
    const prediction: Prediction = JSON.parse(response.text);
    const elapsedMs = performance.now() - startedMs;
    return { kind: "answered", prediction, elapsedMs, answeredAt: new Date() };
  } catch (error) {
    if (error instanceof UploadError) {
      const { code, message, maxBytes } = error;
      return { ...refused(code, message), ...(maxBytes !== undefined && { maxBytes }) };
    }
    if (error instanceof PostError && error.code !== "abandoned") return refused(error.code);
    throw error;
  }
}

export const refused = (code: string, detail = "", warnings: PredictionWarning[] = []): Outcome => ({
  kind: "refused",
  code,
  detail,
  warnings,
});

/** A folder that is dropped on the page is a file that cannot be read. */
const isReadable = (photograph: Blob): Promise<boolean> =>
  photograph
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );

async function send(
  photograph: Blob,
  headers: Record<string, string>,
  onProgress: (share: number) => void,
  abandoned: AbortSignal,
): Promise<PostResponse> {
  const body = new FormData();
  if (photograph.size > readLimits().maxRequestBytes) {
    const sent = await sendLarge(photograph, headers, onProgress, abandoned);
    if (typeof sent !== "string") return sent;
    body.append("upload_id", sent);
    return post("/predict?explain=true", { body, headers, abandoned });
  }
  body.append("file", photograph, "photograph");
  return post("/predict?explain=true", { body, headers, onProgress, abandoned });
}

/** Codes for what API Gateway refuses by itself: its responses have no `error`. */
const gatewayCodes: Record<number, string> = {
  401: "not_allowed",
  403: "not_allowed",
  413: "payload_too_large",
  429: "too_many_requests",
  504: "timeout",
};

function readRefusal({ status, text }: PostResponse): Outcome {
  const body = parseError(text);
  const code = body.error ?? gatewayCodes[status] ?? "unknown";
  return refused(code, body.detail ?? `HTTP ${status}`, body.warnings);
}

function parseError(text: string): Partial<ErrorBody> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
