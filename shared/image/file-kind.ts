import type { ImageMetadata } from "../contracts/prediction.ts";

export type ImageFormat = ImageMetadata["image_format"];

/**
 * What a file's first bytes say it is: an accepted format, or the name of something else for the error
 * message.
 */
export type FileKind = { accepted: true; format: ImageFormat } | { accepted: false; name: string };

interface Signature {
  kind: FileKind;
  /** Bytes as Latin-1 text, at each offset. */
  parts: { offset: number; text: string }[];
}

const accepted = (format: ImageFormat, ...texts: string[]): Signature[] =>
  texts.map((text) => ({ kind: { accepted: true, format }, parts: [{ offset: 0, text }] }));
const refused = (name: string, text: string, offset = 0): Signature => ({
  kind: { accepted: false, name },
  parts: [{ offset, text }],
});

/**
 * File signatures: JPEG (ITU T.81 B.1.1.3), PNG (ISO 15948 5.2), TIFF 6.0, WebP (RFC 9649), and
 * common others.
 */
const signatures: Signature[] = [
  ...accepted("jpeg", "\xff\xd8\xff"),
  ...accepted("png", "\x89PNG\r\n\x1a\n"),
  ...accepted("tiff", "II*\0", "MM\0*"),
  {
    kind: { accepted: true, format: "webp" },
    parts: [
      { offset: 0, text: "RIFF" },
      { offset: 8, text: "WEBP" },
    ],
  },
  refused("a BigTIFF", "II+\0"),
  refused("a BigTIFF", "MM\0+"),
  refused("a GIF", "GIF8"),
  refused("a BMP", "BM"),
  refused("a PDF document", "%PDF"),
  refused("an AVIF", "ftypavif", 4),
  refused("a HEIC", "ftyphei", 4),
  refused("a HEIC", "ftypmif1", 4),
  refused("a JPEG 2000", "jP  ", 4),
  refused("a DICOM file", "DICM", 128),
  refused("a ZIP archive", "PK\x03\x04"),
];

/** Looks at the first bytes only; the name and the declared type of a file say nothing. */
export function identifyFileKind(bytes: Uint8Array): FileKind {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString("latin1");
  const found = signatures.find(({ parts }) =>
    parts.every(({ offset, text }) => start.startsWith(text, offset)),
  );
  return found?.kind ?? { accepted: false, name: nameOfText(start) };
}

function nameOfText(start: string): string {
  if (/^(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(start) && /<svg/i.test(start)) {
    return "an SVG drawing";
  }
  // Printable ASCII and UTF-8 continuation bytes, no control characters.
  return /^[\t\n\f\r\x20-\x7e\x80-\xff]+$/.test(start) && /^[\t\n\r\x20-\x7e]/.test(start)
    ? "text"
    : "a file of unknown format";
}
