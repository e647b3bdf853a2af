import { isUtf8 } from "node:buffer";
import { RequestError } from "../../errors/request-error.ts";
import { type FormPart, unnamed } from "./parse-form.ts";

/** How many other fields a message names, so that the caller sees a misspelt name at once. */
const namedFields = 5;

/**
 * The one file in a field of a form. Other fields are ignored, and so is the empty part that a browser sends for an
 * unused file input.
 *
 * @throws RequestError 400 for two files or a nested form in the field, 422 when the field has no file
 */
export function pickFile(parts: FormPart[], fieldName: string): Uint8Array {
  const files = parts.filter((part) => [fieldName, unnamed].includes(part.name) && isFile(part));
  const filled = files.filter(({ bytes }) => bytes.length > 0);
  const [file] = filled.length > 0 ? filled : files;
  if (file === undefined) throw missing(parts, fieldName);
  if (filled.length > 1) {
    throw refuse(
      `Expected one file in ${fieldName} but received ${filled.length}: send one request per photograph`,
    );
  }
  if (file.mediaType.startsWith("multipart/")) {
    throw refuse(`Expected a photograph in ${fieldName} but received a form within the form`);
  }
  return file.bytes;
}

/**
 * Longer text is not the name of a file but a file that a client turned into text, such as base64: its decoding says
 * which.
 */
export const longestText = 100;

/** A part without a file name is a file when it has a type other than text, is not text, or is a long text. */
function isFile({ hasFileName, mediaType, bytes }: FormPart): boolean {
  if (hasFileName || bytes.length > longestText) return true;
  return mediaType === "" || mediaType.startsWith("text/") ? !isUtf8(bytes) : true;
}

function missing(parts: FormPart[], fieldName: string): RequestError {
  const others = [...new Set(parts.map(({ name }) => name || "without a name"))]
    .slice(0, namedFields)
    .map((name) => name.slice(0, 40));
  const expected = `Expected a file in the form field ${fieldName} but received`;
  if (parts.some(({ name }) => name === fieldName)) {
    return new RequestError("missing_file", `${expected} text in ${fieldName}`);
  }
  if (others.length === 0) return new RequestError("missing_file", `${expected} no field`);
  const fields = others.length === 1 ? "field" : "fields";
  return new RequestError("missing_file", `${expected} the ${fields} ${others.join(", ")}`, {
    // Python's files={path.name: file} makes the name of a file, and with it often of a patient, that of a field.
    recorded: `${expected} other fields`,
  });
}

const refuse = (message: string) => new RequestError("invalid_request", message);
