// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the signatures of files are made of them
import type { ImageMetadata } from "../../schemas/prediction.ts";
import { nameOfText } from "./text-kind.ts";

export type ImageFormat = ImageMetadata["image_format"];

/**
 * What a file's first bytes say it is: an accepted format, or the name of something else for the error
 * message.
 */
export type FileKind = { accepted: true; format: ImageFormat } | { accepted: false; name: string };

/** Signatures as Latin-1 text, matched from the file's first byte on. */
const acceptedSignatures: [format: ImageFormat, signature: RegExp][] = [
  ["jpeg", /^\xff\xd8\xff/], // ITU T.81 B.1.1.3
  ["png", /^\x89PNG\r\n\x1a\n/], // ISO 15948 5.2
  ["tiff", /^(?:II[*+]\0(?![\s\S]{4}CR)|MM\0[*+])/], // TIFF 6.0, section 2, and BigTIFF; not Canon's CR2
  ["webp", /^RIFF[\s\S]{4}WEBP/], // RFC 9649
  ["gif", /^GIF8[79]a/], // GIF89a, appendix A
  ["bmp", /^BM[\s\S]{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/], // with the size of a known header
  ["avif", /^[\s\S]{4}ftyp(?:avif|(?:mif1|miaf)[\s\S]{4}(?:[\s\S]{4}){0,8}avif)/], // ISO 23000-22 and the AVIF specification
  ["jpeg2000", /^(?:\0\0\0\x0cjP {2}\r\n\x87\n|\xff\x4f\xff\x51)/], // ISO 15444-1 I.5.1, A.5.1
  ["dicom", /^[\s\S]{128}DICM/], // DICOM PS3.10, 7.1
];

const refusedSignatures: [name: string, signature: RegExp][] = [
  ["a Canon raw file (CR2)", /^II\*\0[\s\S]{4}CR/],
  ["a HEIC", /^[\s\S]{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)/],
  ["an AVIF sequence", /^[\s\S]{4}ftypavis/],
  ["a Canon raw file (CR3)", /^[\s\S]{4}ftypcrx/],
  ["a video (MP4 or QuickTime)", /^[\s\S]{4}(?:ftyp|moov|mdat)/],
  ["a JPEG XL", /^(?:\xff\x0a|\0\0\0\x0cJXL )/],
  ["a JPEG XR", /^II\xbc\x01/],
  ["a JPEG-LS or another file that begins as a JPEG", /^\xff\xd8/],
  ["a PNG whose line ends were changed in transfer", /^\x89PNG[\r\n]/],
  ["a Photoshop document", /^8BP[SB]/],
  ["an icon", /^\0\0[\x01\x02]\0(?!\0\0)/],
  ["a TGA picture", /^\0\0[\x02\x03\x0a\x0b]\0{5}/],
  ["a video (AVI)", /^RIFF[\s\S]{4}AVI /],
  ["a video (WebM or Matroska)", /^\x1aE\xdf\xa3/],
  ["an OpenEXR", /^v\/1\x01/],
  ["a Radiance picture", /^#\?RADIANCE/],
  ["a FITS", /^SIMPLE {2}=/],
  ["a portable pixmap", /^P[1-7]\s[\d#\sA-Z]/],
  ["a QOI", /^qoif/],
  ["a PDF document", /^%PDF/],
  ["a PostScript document", /^%!PS/],
  ["a ZIP archive", /^PK\x03\x04/],
  ["a gzip archive", /^\x1f\x8b/],
  ["a RAR archive", /^Rar!/],
  ["a 7z archive", /^7z\xbc\xaf/],
  ["an HDF5 file", /^\x89HDF/],
  ["a DICOM file without its preamble", /^(?:\x02\0[\0\x01\x02]\0|\x08\0[\x05\x08\x16]\0)/],
];

/** Looks at the bytes only, because a file's name and declared type prove nothing. */
export function identifyFileKind(bytes: Uint8Array): FileKind {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString("latin1");
  const text = nameOfText(bytes, start);
  if (text !== undefined) return { accepted: false, name: text };
  const format = acceptedSignatures.find(([, signature]) => signature.test(start))?.[0];
  if (format !== undefined) return { accepted: true, format };
  const name = refusedSignatures.find(([, signature]) => signature.test(start))?.[0];
  return { accepted: false, name: name ?? "a file of unknown format" };
}
