// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the signatures of files are made of them
import { isAscii, isUtf8 } from "node:buffer";

const pictures: [name: string, signature: RegExp][] = [
  ["JPEG", /^\xff\xd8\xff/],
  ["PNG", /^\x89PNG/],
  ["GIF", /^GIF8/],
  ["WebP", /^RIFF[\s\S]{4}WEBP/],
  ["TIFF", /^(?:II[*+]\0|MM\0[*+])/],
  ["BMP", /^BM[\s\S]{4}\0\0\0\0/],
  ["JPEG 2000", /^(?:\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/],
  ["AVIF or HEIC", /^\0\0\0.ftyp/],
  ["DICOM", /^[\s\S]{128}DICM/],
];
const nameOfPicture = (start: string): string | undefined =>
  pictures.find(([, signature]) => signature.test(start))?.[0];

const withArticle = (name: string): string => `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;

/**
 * The name of a file that is text, or of a picture that something on its way turned into text; undefined for any other
 * file.
 *
 * @param start the file's first bytes as Latin-1
 */
export function nameOfText(bytes: Uint8Array, start: string): string | undefined {
  const reEncoded = nameOfReEncoded(bytes);
  if (reEncoded !== undefined) {
    return `${withArticle(reEncoded)} whose bytes were re-encoded as text on the way: send the file itself, as binary`;
  }
  const encoded = nameOfEncodedPicture(start);
  if (encoded !== undefined) return encoded;
  if (/^(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(start) && /<svg/i.test(start)) {
    return "an SVG drawing";
  }
  // Text has no control characters except white space, and every accepted binary format has some.
  if (!/^[\t\n\f\r\x20-\x7e\x80-\xff]+$/.test(start) || !/^[\t\n\r\x20-\x7e\xef]/.test(start))
    return undefined;
  if (/^(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)/i.test(start)) return "an HTML page";
  if (/^(?:\xef\xbb\xbf)?\s*[{[]/.test(start)) return "JSON text";
  return /^(?:BM|GIF8|RIFF|P[1-7]\s|%PDF|%!PS|8BPS|#\?RAD|SIMPLE)/.test(start) ? undefined : "text";
}

/**
 * The name of a picture that was written as text, and what to do instead; undefined for any other text.
 *
 * @param start the text's first characters, a few hundred of them
 */
function nameOfEncodedPicture(start: string): string | undefined {
  const dataUrl = /^\s*["']?data:([\w.+/-]*)/i.exec(start);
  if (dataUrl)
    return `a data URL (${dataUrl[1]?.toLowerCase() || "text"}): decode it and send the file itself`;
  const base64 = nameOfBase64(start);
  if (base64 !== undefined)
    return `${withArticle(base64)} as base64 text: decode it and send the file itself`;
  const hexadecimal = nameOfHexadecimal(start);
  if (hexadecimal === undefined) return undefined;
  return `${withArticle(hexadecimal)} as hexadecimal text: decode it and send the file itself`;
}

/**
 * A picture's bytes read as Latin-1 (or as UTF-8 with replacement characters) and written as UTF-8. No camera's file is
 * valid UTF-8 with characters beyond ASCII by chance.
 */
function nameOfReEncoded(bytes: Uint8Array): string | undefined {
  if (bytes.length < 16 || isAscii(bytes) || !isUtf8(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString("utf8");
  if (/^\ufffd{2,4}[\s\S]{2}(?:JFIF|Exif)|^\ufffd{3}/.test(text)) return "JPEG";
  if (/^[\ufffd\u2030]PNG/.test(text)) return "PNG";
  return nameOfPicture(text);
}

function nameOfBase64(start: string): string | undefined {
  const [, text] =
    /^(?:\xef\xbb\xbf)?\s*["']?([A-Za-z0-9+/_-]{12,}[=\s"']*|[A-Za-z0-9+/_-]{12,}\s)/.exec(start) ?? [];
  return text === undefined ? undefined : nameOfPicture(Buffer.from(text, "base64").toString("latin1"));
}

function nameOfHexadecimal(start: string): string | undefined {
  const [, text] = /^\s*["']?(?:0x|\\x)?((?:[\da-f]{2}[\s:]?){12,})/i.exec(start) ?? [];
  return text === undefined
    ? undefined
    : nameOfPicture(Buffer.from(text.replace(/[\s:]/g, ""), "hex").toString("latin1"));
}
