import type { Upload } from "../../../shared/contracts/upload.ts";

const timeoutMs = 300_000;

/**
 * Brings a photograph that is too large for a request to the bucket of uploads.
 *
 * @param onProgress told the share that has been sent, 0..1
 * @returns the id that `/predict` is given, or the answer of a service that refused
 */
export async function sendLarge(
  photograph: Blob,
  onProgress: (share: number) => void,
  abandoned: AbortSignal,
): Promise<string | Response> {
  const response = await fetch("/uploads", { method: "POST", signal: abandoned });
  if (!response.ok) return response;
  const { upload_id, url, fields }: Upload = await response.json();
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", photograph, "photograph");
  await post(url, form, onProgress, abandoned);
  return upload_id;
}

/** XMLHttpRequest, since fetch says nothing of how much has been sent. */
function post(
  url: string,
  form: FormData,
  onProgress: (share: number) => void,
  abandoned: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () =>
      reject(new Error(`Expected the bucket to take the photograph but received ${request.status}`));
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("load", () => (request.status < 300 ? resolve() : fail()));
    for (const event of ["error", "abort", "timeout"]) request.addEventListener(event, fail);
    abandoned.addEventListener("abort", () => request.abort());
    request.open("POST", url);
    request.timeout = timeoutMs;
    request.send(form);
  });
}
