import type { Upload } from "../../../shared/schemas/upload.ts";
import { PostError, type PostResponse, post } from "./post.ts";

/** Why a large photograph did not reach the bucket of uploads; the page has words for each `code`. */
export class UploadError extends Error {
  readonly code: "upload_failed" | "upload_refused" | "payload_too_large";
  /** The service's limit, where it is known. */
  readonly maxBytes: number | undefined;

  constructor(code: UploadError["code"], message: string, maxBytes?: number) {
    super(message);
    this.code = code;
    this.maxBytes = maxBytes;
  }
}

/**
 * Sends a photograph that is too large for a request to the bucket of uploads.
 *
 * @param headers that identify the caller to the service
 * @param onProgress told the share that has been sent, 0..1
 * @returns the id to send to `/predict`, or the response of a service that refused
 * @throws UploadError when the service gave a place but the photograph did not reach it; PostError otherwise
 */
export async function sendLarge(
  photograph: Blob,
  headers: Record<string, string>,
  onProgress: (share: number) => void,
  abandoned: AbortSignal,
): Promise<string | PostResponse> {
  const response = await post("/uploads", { headers, abandoned });
  if (response.status >= 300) return response;
  const { upload_id, url, fields, max_bytes }: Upload = JSON.parse(response.text);
  if (photograph.size > max_bytes) {
    throw new UploadError("payload_too_large", `At most ${max_bytes} bytes`, max_bytes);
  }
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", photograph, "photograph");
  const stored = await post(url, { body, onProgress, abandoned }).catch(describeFailure);
  if (stored.status >= 300) throw readStorageError(stored);
  return upload_id;
}

function describeFailure(error: unknown): never {
  if (error instanceof PostError && error.code === "unreachable")
    throw new UploadError("upload_failed", "The storage could not be reached");
  throw error;
}

/** S3 refuses in XML: `<Error><Code>EntityTooLarge</Code>…`. */
function readStorageError({ status, text }: PostResponse): UploadError {
  const name = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? "";
  const code = name === "EntityTooLarge" ? "payload_too_large" : "upload_refused";
  return new UploadError(code, `The storage answered ${status} ${name}`.trim());
}
