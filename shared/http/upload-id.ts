import * as z from "zod";
import { RequestError } from "../errors/request-error.ts";
import { type FormPart, unnamed } from "./multipart/parse-form.ts";
import { longestText } from "./multipart/pick-file.ts";

const fieldName = "upload_id";
const uploadIdSchema = z.uuid();
const blanks = Buffer.from(" \t\r\n");

/**
 * The id of an uploaded photograph.
 *
 * @throws RequestError 400 for a value that `POST /uploads` never returns
 */
function parseUploadId(given: unknown): string {
  const id = uploadIdSchema.safeParse(given);
  if (id.success) return id.data.toLowerCase();
  throw refuse("Expected the upload_id that POST /uploads gave but received something else");
}

/**
 * The id in the text field `upload_id` of a multipart form; undefined when there is none. Fields that are empty, which
 * a browser sends, or hold only blanks count as absent.
 *
 * @throws RequestError 400 for an invalid id, for several ids, and for an id beside a photograph, because either may be
 * meant
 */
export function pickUploadId(parts: FormPart[], fileField: string): string | undefined {
  const filled = (name: string) => parts.filter((part) => part.name === name && !isBlank(part));
  const given = filled(fieldName);
  if (given.length === 0) return undefined;
  if (given.length > 1) throw refuse(`Expected one upload_id but received ${given.length}`);
  if (filled(fileField).length + filled(unnamed).length > 0) {
    throw refuse(`Expected a photograph in ${fileField} or an upload_id but received both`);
  }
  return parseUploadId(
    Buffer.from(given[0]?.bytes ?? [])
      .toString()
      .trim(),
  );
}

const isBlank = ({ bytes }: FormPart): boolean => bytes.every((byte) => blanks.includes(byte));

/**
 * The photograph that a body of text names by `upload_id`, or contains as long text; undefined when it does neither.
 *
 * @throws RequestError 400 for JSON that cannot be read, an invalid id, several ids, and an id beside long text, because
 * either may be meant
 */
export function readTextBody(
  body: string,
  mediaType: TextType,
): { uploadId: string } | { text: string } | undefined {
  const { ids, texts } = readers[mediaType](body);
  const text = texts.find(({ length }) => length > longestText);
  if (ids.length === 0) return text === undefined ? undefined : { text };
  if (ids.length > 1) throw refuse(`Expected one upload_id but received ${ids.length}`);
  const uploadId = parseUploadId(ids[0]);
  if (text === undefined) return { uploadId };
  throw refuse(
    `Expected a photograph or an upload_id but received both: a text of ${text.length} characters is taken for a photograph`,
  );
}

type TextType = "application/json" | "application/x-www-form-urlencoded";

/** Readers of the values of `upload_id`, and of all texts. */
const readers: Record<TextType, (body: string) => { ids: unknown[]; texts: string[] }> = {
  "application/json": (body) => {
    const value = parseJson(body);
    const hasId = typeof value === "object" && value !== null && fieldName in value;
    return { ids: hasId ? [value[fieldName]] : [], texts: textsIn(value) };
  },
  "application/x-www-form-urlencoded": (body) => {
    const fields = new URLSearchParams(body);
    const ids = fields.getAll(fieldName).map((id) => id.trim());
    return { ids: ids.filter((id) => id !== ""), texts: [...fields.values()] };
  },
};

export const isTextType = (mediaType: string): mediaType is TextType => Object.hasOwn(readers, mediaType);

/** As deep as clients put a picture into JSON: `{"instances":[{"image":{"b64":"…"}}]}`. */
const textsIn = (value: unknown, levels = 4): string[] => {
  if (typeof value === "string") return [value];
  if (levels === 0 || typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner, levels - 1));
};

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, "")); // a byte order mark
  } catch (cause) {
    throw new RequestError(
      "invalid_request",
      "Expected JSON with upload_id but received JSON that cannot be read",
      { cause },
    );
  }
}

const refuse = (message: string) => new RequestError("invalid_request", message);
