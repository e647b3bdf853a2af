import { RequestError } from "../../errors/request-error.ts";
import { decodeTransfer } from "./decode-transfer.ts";
import { parseHeaders, parseParameters } from "./parse-headers.ts";
import { splitParts } from "./split-parts.ts";

/** Name given to an attachment without one; it is taken for the photograph. */
export const unnamed = "";

/** One field of a form. The file's name is not kept: it may name a patient. */
export interface FormPart {
  name: string;
  hasFileName: boolean;
  /** In lower case, without parameters; empty when the part has none. */
  mediaType: string;
  bytes: Uint8Array;
}

/** As many fields as the replaced service's framework takes. */
const maxParts = 1_000;

/**
 * Reads a multipart/form-data body as clients in the field write it (RFC 7578, RFC 2046 section 5.1): boundaries with
 * or without quotes, lines that end with CR LF or LF alone, text before the first boundary, parts without a file name,
 * with `Content-Disposition: attachment` or in base64, and a last boundary without its closing dashes.
 *
 * @param contentType the request's header, with its boundary
 * @throws RequestError 400 that says what is wrong with the form
 */
export function parseForm(body: Buffer, contentType: string): FormPart[] {
  const { boundary } = parseParameters(contentType);
  if (boundary === undefined || boundary === "") {
    throw refuse(
      "Expected a boundary in the content type, as in multipart/form-data; boundary=x, but received none: " +
        "leave the content type to the HTTP client, which knows its boundary",
    );
  }
  if (body[0] === 0x1f && body[1] === 0x8b) {
    throw refuse("Expected a multipart form but received gzip: send the form uncompressed");
  }
  const parts = splitParts(body, boundary);
  if (parts.length > maxParts) {
    throw refuse(`Expected at most ${maxParts} fields in the form but received more`);
  }
  return parts.map(parsePart).filter((part) => part !== undefined);
}

/** Undefined for a part that belongs to no field. */
function parsePart({ head, content }: { head: string; content: Buffer }): FormPart | undefined {
  const headers = parseHeaders(head);
  const header = headers.get("content-disposition") ?? "";
  const disposition = parseParameters(header);
  const name = disposition.name ?? (/^\s*attachment\b/i.test(header) ? unnamed : undefined);
  if (name === undefined) return undefined;
  const type = headers.get("content-type") ?? "";
  return {
    name,
    hasFileName: "filename" in disposition,
    mediaType: (type.split(";")[0] ?? "").trim().toLowerCase(),
    bytes: decodeTransfer(content, headers.get("content-transfer-encoding") ?? "", name),
  };
}

const refuse = (message: string) => new RequestError("invalid_request", message);
