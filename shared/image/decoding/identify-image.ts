import type { Metadata } from "sharp";
import { RequestError } from "../../errors/request-error.ts";
import type { ImageMetadata } from "../../schemas/prediction.ts";
import type { UploadSettings } from "../../settings/upload.ts";
import { examine } from "../formats/examine.ts";
import { expectSize } from "../formats/expect-size.ts";
import { type ImageFormat, identifyFileKind } from "../formats/file-kind.ts";
import type { PictureSource } from "../formats/picture-source.ts";
import { refuse, refuseDamaged } from "../formats/refuse.ts";
import { sharp } from "../sharp.ts";
import { reasonOf } from "./reason-of.ts";

/** A photograph that may be decoded. */
export interface Photograph {
  metadata: ImageMetadata;
  source: PictureSource;
  /** What decoding converts. */
  samples: { is16Bit: boolean; isGrey: boolean; isCmyk: boolean; hasAlpha: boolean; hasProfile: boolean };
}

/**
 * Says what an uploaded photograph is, from its first bytes, its container and its header. No pixel is decoded, so a
 * picture that would not fit into memory is refused at no cost. Width and height are those stored, before an EXIF
 * rotation, as in Pillow's `size`.
 *
 * @param bytes the file as uploaded; whoever received it has limited its size
 * @throws RequestError `invalid_image`: empty, another format, incomplete, an animation, an unreadable header, too many
 *   pixels, an unsupported encoding
 */
export async function identifyImage(
  bytes: Uint8Array,
  limits: Pick<UploadSettings, "maxImagePixels">,
): Promise<Photograph> {
  if (bytes.length === 0) throw refuse("an empty file");
  const kind = identifyFileKind(bytes);
  if (!kind.accepted) throw refuse(kind.name);

  const source = await examine(kind.format, bytes, limits.maxImagePixels);
  const header =
    source.header === undefined ? await readHeader(source, kind.format) : ownHeader(source.header);
  const { width, height } = header;
  const { announced = header } = source;
  if (announced.width !== width || announced.height !== height) {
    throw refuseDamaged(
      kind.format.toUpperCase(),
      "the picture in it does not have the size that the file declares",
    );
  }
  const maximumPixels = Math.min(limits.maxImagePixels, source.maximumPixels ?? Number.POSITIVE_INFINITY);
  expectSize(width, height, maximumPixels);
  return {
    metadata: {
      image_width: width,
      image_height: height,
      image_format: kind.format,
      image_mode: header.mode,
      image_size_bytes: bytes.length,
    },
    source,
    samples: header.samples,
  };
}

type Header = { width: number; height: number; mode: string } & Pick<Photograph, "samples">;

const ownHeader = (header: NonNullable<PictureSource["header"]>): Header => ({
  ...header,
  samples: { is16Bit: false, isGrey: false, isCmyk: false, hasAlpha: false, hasProfile: false },
});

async function readHeader(source: PictureSource, format: ImageFormat): Promise<Header> {
  const { input, options } = await source.open();
  // The caller checks the pixel limit, with a message of its own.
  const header = await sharp(input, { ...options, limitInputPixels: false })
    .metadata()
    .catch((cause) => {
      throw refuseDamaged(format.toUpperCase(), `its header cannot be read: ${reasonOf(cause)}`, cause);
    });
  if (!["uchar", "ushort"].includes(header.depth)) {
    throw new RequestError(
      "invalid_image",
      `Expected samples of 8 or 16 bits but received samples of type ${header.depth}`,
    );
  }
  if (source.maximumSample !== undefined && header.icc) {
    throw refuse(`samples up to ${source.maximumSample} in 16 bits with a colour profile`);
  }
  return {
    width: header.width,
    height: header.height,
    mode: source.isYcc ? "YCbCr" : pillowMode(header),
    samples: {
      is16Bit: header.depth === "ushort",
      isGrey: header.space === "b-w" || header.space === "grey16",
      isCmyk: header.space === "cmyk",
      hasAlpha: header.hasAlpha === true,
      hasProfile: header.icc !== undefined && !source.isYcc,
    },
  };
}

/** Pillow's name for how pixels are stored, for the formats Pillow and libvips describe alike. */
function pillowMode({ space, hasAlpha, isPalette, bitsPerSample }: Metadata): string {
  if (isPalette) return "P";
  if (space === "cmyk") return "CMYK";
  if (space === "grey16" && !hasAlpha) return "I;16";
  if (space === "b-w" || space === "grey16") return hasAlpha ? "LA" : bitsPerSample === 1 ? "1" : "L";
  return hasAlpha ? "RGBA" : "RGB";
}
