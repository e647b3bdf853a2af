import type { Metadata } from "sharp";
import type { ImageMetadata } from "../contracts/prediction.ts";
import { RequestError } from "../errors/request-error.ts";
import type { UploadSettings } from "../settings/upload.ts";
import { type ImageFormat, identifyFileKind } from "./file-kind.ts";
import { sharp } from "./sharp.ts";
import { countTiffPages } from "./tiff-pages.ts";

const maximumPages = 100;
const expected = "a JPEG, PNG, WebP or TIFF photograph";

/**
 * Says what an uploaded photograph is, from its first bytes and its header; no pixel is decoded, so a picture
 * that would not fit into memory is refused at no cost. Width and height are those stored, before an EXIF
 * rotation, as Pillow's `size` is.
 *
 * @param bytes the file as uploaded
 * @throws RequestError `payload_too_large` (more bytes than allowed) or `invalid_image` (empty, another
 *   format, an animation, an unreadable header, too many pixels, samples of 32 bits)
 */
export async function identifyImage(bytes: Uint8Array, limits: UploadSettings): Promise<ImageMetadata> {
  if (bytes.length > limits.maxUploadBytes) {
    throw new RequestError(
      "payload_too_large",
      `Expected a photograph of at most ${limits.maxUploadBytes} bytes but received ${bytes.length} bytes`,
    );
  }
  if (bytes.length === 0) throw refuse("an empty file");
  const kind = identifyFileKind(bytes);
  if (!kind.accepted) throw refuse(kind.name);
  if (kind.format === "tiff" && countTiffPages(bytes, maximumPages) > maximumPages) {
    throw refuse(`a TIFF of more than ${maximumPages} pages`);
  }

  const header = await readHeader(bytes, kind.format);
  const { width, height } = header;
  if (width * height > limits.maxImagePixels) {
    throw new RequestError(
      "invalid_image",
      `Expected a photograph of at most ${limits.maxImagePixels} pixels but received ${width} x ${height}`,
    );
  }
  if (kind.format === "webp" && (header.pages ?? 1) > 1) throw refuse("an animated WebP");
  if (!["uchar", "ushort"].includes(header.depth)) {
    throw new RequestError(
      "invalid_image",
      `Expected samples of 8 or 16 bits but received samples of type ${header.depth}`,
    );
  }
  return {
    image_width: width,
    image_height: height,
    image_format: kind.format,
    image_mode: pillowMode(header),
    image_size_bytes: bytes.length,
  };
}

const refuse = (what: string): RequestError =>
  new RequestError("invalid_image", `Expected ${expected} but received ${what}`);

async function readHeader(bytes: Uint8Array, format: ImageFormat): Promise<Metadata> {
  try {
    // The pixel limit is ours, checked by the caller with words of its own.
    const header = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (header.format === format) return header;
  } catch (cause) {
    throw new RequestError(
      "invalid_image",
      `Expected ${expected} but its ${format.toUpperCase()} header cannot be read`,
      { cause },
    );
  }
  throw refuse("a file that claims two formats");
}

/** Pillow's name for how pixels are stored, for the formats Pillow and libvips describe alike. */
function pillowMode({ space, hasAlpha, isPalette, bitsPerSample }: Metadata): string {
  if (isPalette) return "P";
  if (space === "cmyk") return "CMYK";
  if (space === "grey16" && !hasAlpha) return "I;16";
  if (space === "b-w" || space === "grey16") return hasAlpha ? "LA" : bitsPerSample === 1 ? "1" : "L";
  return hasAlpha ? "RGBA" : "RGB";
}
