import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { RequestError } from "../errors/request-error.ts";
import { parseForm } from "./multipart/parse-form.ts";
import { pickFile } from "./multipart/pick-file.ts";
import { isTextType, pickUploadId, readTextBody } from "./upload-id.ts";

/** Form field that holds the photograph. */
const fieldName = "file";

/** A photograph, exactly as sent, or the id of one that waits in the bucket of uploads. */
export type NamedPhotograph = { bytes: Uint8Array; uploadId?: never } | { uploadId: string; bytes?: never };

/**
 * Reads which photograph a request is about. The request contains the photograph, in the field `file` of a multipart
 * form or as the body itself with the content type of an image, or it names one by `upload_id`, in a form or in JSON.
 * Long text in place of a file is taken for the file: decoding it then tells the caller what it is, such as base64. The
 * file's name is not read: it may name a patient, and nothing here needs it.
 *
 * @throws RequestError 400 for an empty body, a broken form, JSON that cannot be read, or an id that `POST /uploads` never returns; 413 over the
 *   limit; 415 for another content type or a compressed body; 422 when the form has no file in `file`
 */
export async function parseUpload(
  event: APIGatewayProxyEventV2,
  { maxUploadBytes }: { maxUploadBytes: number },
): Promise<NamedPhotograph> {
  const contentType = event.headers["content-type"] ?? "";
  const mediaType = (contentType.split(";")[0] ?? "").trim().toLowerCase();
  const isForm = mediaType === "multipart/form-data";
  if (!isForm && !isTextType(mediaType) && !isImageType(mediaType)) throw unsupported(mediaType);
  assertNotEncoded(event.headers["content-encoding"] ?? "");

  const text = event.body ?? "";
  const encoding = event.isBase64Encoded ? "base64" : "utf8";
  // A form holds more than its file, whose size is known only once the form is read.
  if (!isForm) assertSize(Buffer.byteLength(text, encoding), maxUploadBytes);
  const body = Buffer.from(text, encoding);
  if (isTextType(mediaType)) {
    const content = body.toString();
    if (content.trim() === "") throw empty("body");
    const named = readTextBody(content, mediaType);
    if (named === undefined) throw refuseType(`${mediaType} without upload_id`);
    return "text" in named ? { bytes: Buffer.from(named.text) } : named;
  }
  if (body.length === 0) throw empty("body");
  const parts = isForm ? parseForm(body, contentType) : [];
  const uploadId = pickUploadId(parts, fieldName);
  if (uploadId !== undefined) return { uploadId };
  const bytes = isForm ? pickFile(parts, fieldName) : body;
  if (bytes.length === 0) throw empty("file");
  assertSize(bytes.length, maxUploadBytes);
  return { bytes };
}

function isImageType(mediaType: string): boolean {
  return (
    mediaType.startsWith("image/") ||
    mediaType === "application/octet-stream" ||
    mediaType === "application/dicom"
  );
}

/** RFC 9110, section 15.5.16: 415 also covers a content coding that is not supported. */
function assertNotEncoded(encoding: string): void {
  if (encoding === "" || encoding.trim().toLowerCase() === "identity") return;
  throw new RequestError(
    "unsupported_media_type",
    `Expected a body without content encoding but received ${encoding.slice(0, 40)}: send the photograph as it is`,
    { recorded: "Expected a body without content encoding but received one with another" },
  );
}

function unsupported(mediaType: string): RequestError {
  return mediaType === ""
    ? refuseType("no content type")
    : refuseType(mediaType.slice(0, 80), "another content type");
}

function refuseType(received: string, recorded = received): RequestError {
  const expected = `Expected multipart/form-data with a file in ${fieldName}, an image, or JSON with upload_id, but received`;
  return new RequestError("unsupported_media_type", `${expected} ${received}`, {
    recorded: `${expected} ${recorded}`,
  });
}

function empty(what: string): RequestError {
  return new RequestError("invalid_request", `Expected a photograph but received an empty ${what}`);
}

function assertSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new RequestError("payload_too_large", `Expected at most ${maxBytes} bytes but received ${bytes}`);
}
