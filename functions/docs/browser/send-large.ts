import type { Upload } from "../../../shared/schemas/upload.ts";
import { credentialHeaders } from "./credential.ts";

/** Why a large photograph did not reach the bucket of uploads; the page has words for each `code`. */
export class UploadError extends Error {
  readonly code: "upload_failed" | "upload_refused" | "payload_too_large" | "timeout";

  constructor(code: UploadError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

const timeoutMs = 300_000;

/**
 * Sends a photograph that is too large for a request to the bucket of uploads.
 *
 * @param onProgress told the share that has been sent, 0..1
 * @returns the id to send to `/predict`, or the response of a service that refused
 * @throws UploadError when the service gave a place but the photograph did not reach it
 */
export async function sendLarge(
  photograph: Blob,
  onProgress: (share: number) => void,
  abandoned: AbortSignal,
): Promise<string | Response> {
  const headers = credentialHeaders();
  const response = await fetch("/uploads", { method: "POST", headers, signal: abandoned });
  if (!response.ok) return response;
  const { upload_id, url, fields, max_bytes }: Upload = await response.json();
  if (photograph.size > max_bytes) {
    throw new UploadError("payload_too_large", `At most ${max_bytes} bytes`);
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", photograph, "photograph");
  await post(url, form, onProgress, abandoned);
  return upload_id;
}

/** Uses XMLHttpRequest, because fetch does not report how much has been sent. */
function post(
  url: string,
  form: FormData,
  onProgress: (share: number) => void,
  abandoned: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (code: UploadError["code"], message: string) => () => reject(new UploadError(code, message));
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("load", () => {
      if (request.status < 300) return resolve();
      const { code, message } = readStorageError(request);
      reject(new UploadError(code, message));
    });
    request.addEventListener("error", fail("upload_failed", "The storage could not be reached"));
    request.addEventListener("abort", fail("upload_failed", "Given up"));
    request.addEventListener("timeout", fail("timeout", `The storage took over ${timeoutMs / 1000} s`));
    abandoned.addEventListener("abort", () => request.abort());
    request.open("POST", url);
    request.timeout = timeoutMs;
    request.send(form);
  });
}

/** S3 refuses in XML: `<Error><Code>EntityTooLarge</Code>…`. */
function readStorageError({ status, responseText }: XMLHttpRequest): Pick<UploadError, "code" | "message"> {
  const name = /<Code>(\w+)<\/Code>/.exec(responseText)?.[1] ?? "";
  return {
    code: name === "EntityTooLarge" ? "payload_too_large" : "upload_refused",
    message: `The storage answered ${status} ${name}`.trim(),
  };
}
