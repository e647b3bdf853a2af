import { RequestError } from "../../errors/request-error.ts";

export interface RawPart {
  /** Header lines. */
  head: string;
  /** A view of the body: a copy would cause garbage collections. */
  content: Buffer;
}

/** One more than a form may have: enough to refuse it. */
const mostParts = 1_001;
const maxHeadBytes = 16 * 1024;

/**
 * Cuts a multipart body at its boundaries. What is before the first and after the last one is left out.
 *
 * @returns the parts, at most 1,001
 * @throws RequestError 400 when the boundary does not occur, or the body ends inside a part
 */
export function splitParts(body: Buffer, boundary: string): RawPart[] {
  const dashes = `--${boundary}`;
  const opening = findOpening(body, dashes);
  if (opening === undefined) {
    throw refuse(
      "Expected a multipart form whose boundary is the one in the content type but received a body without that boundary",
    );
  }
  const { newline } = opening;
  const delimiter = newline + dashes;
  const parts: RawPart[] = [];
  let { at } = opening;
  while (parts.length < mostParts && !isLast(body, at)) {
    const lineEnd = body.indexOf(newline, at);
    const next = lineEnd === -1 ? -1 : findDelimiter(body, delimiter, lineEnd);
    if (next === -1) throw refuse("Expected a complete multipart form but received one that was cut off");
    parts.push(cutHead(body.subarray(lineEnd, next), newline));
    at = next + delimiter.length;
  }
  return parts;
}

/** The first boundary that is alone on its line. All lines of the form end as that line does. */
function findOpening(body: Buffer, dashes: string): { at: number; newline: string } | undefined {
  for (let start = body.indexOf(dashes); start !== -1; start = body.indexOf(dashes, start + 1)) {
    const at = start + dashes.length;
    const isLineStart = start === 0 || body[start - 1] === 0x0a;
    if (isLineStart && isWholeLine(body, at)) {
      return { at, newline: /^(--)?[ \t]*\n/.test(body.toString("latin1", at, at + 80)) ? "\n" : "\r\n" };
    }
  }
  return undefined;
}

function findDelimiter(body: Buffer, delimiter: string, from: number): number {
  let at = body.indexOf(delimiter, from);
  while (at !== -1 && !isWholeLine(body, at + delimiter.length)) at = body.indexOf(delimiter, at + 1);
  return at;
}

/** Whether nothing but closing dashes or blanks follows a boundary on its line: a longer boundary may begin like it. */
const isWholeLine = (body: Buffer, at: number): boolean =>
  /^(--|[ \t]*(\r?\n|$))/.test(body.toString("latin1", at, at + 80));

/** Whether a boundary is the last: it has its closing dashes, or only an end of line follows it. */
const isLast = (body: Buffer, at: number): boolean =>
  /^(--|-?\s*$)/.test(body.toString("latin1", at, at + 80));

/** @param part from the end of its boundary's line to the next boundary */
function cutHead(part: Buffer, newline: string): RawPart {
  const blankLine = newline + newline;
  const end = part.indexOf(blankLine);
  if (end === -1)
    return { head: part.toString("utf8", 0, maxHeadBytes), content: part.subarray(part.length) };
  if (end > maxHeadBytes) throw refuse("Expected at most 16 KB of headers in a form field but received more");
  return {
    head: part.toString("utf8", newline.length, Math.max(end, newline.length)),
    content: part.subarray(end + blankLine.length),
  };
}

const refuse = (message: string) => new RequestError("invalid_request", message);
