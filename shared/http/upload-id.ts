import * as z from "zod";
import { RequestError } from "../errors/request-error.ts";
import type { FormPart } from "./multipart/parse-form.ts";

const fieldName = "upload_id";
const uploadIdSchema = z.uuid();
const blanks = Buffer.from(" \t\r\n");

/**
 * The id of an uploaded photograph.
 *
 * @throws RequestError 400 for a value that `POST /uploads` never returns
 */
export function parseUploadId(given: unknown): string {
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
  if (filled(fileField).length > 0) {
    throw refuse(`Expected a photograph in ${fileField} or an upload_id but received both`);
  }
  return parseUploadId(
    Buffer.from(given[0]?.bytes ?? [])
      .toString()
      .trim(),
  );
}

const isBlank = ({ bytes }: FormPart): boolean => bytes.every((byte) => blanks.includes(byte));

/** Readers of the id in a body without a file, by content type; each returns undefined when the body has none. */
export const uploadIdReaders: Record<string, (body: string) => unknown> = {
  "application/json": (body) => {
    const value = parseJson(body);
    return typeof value === "object" && value !== null && fieldName in value ? value[fieldName] : undefined;
  },
  "application/x-www-form-urlencoded": (body) =>
    new URLSearchParams(body).get(fieldName)?.trim() ?? undefined,
};

/** All texts in such a body. */
export const readTexts = (body: string, mediaType: string): string[] =>
  mediaType === "application/json" ? textsIn(parseJson(body)) : [...new URLSearchParams(body).values()];

/** As deep as clients put a picture into JSON: `{"instances":[{"image":{"b64":"…"}}]}`. */
const textsIn = (value: unknown, levels = 4): string[] => {
  if (typeof value === "string") return [value];
  if (levels === 0 || typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner, levels - 1));
};

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const refuse = (message: string) => new RequestError("invalid_request", message);
