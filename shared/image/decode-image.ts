import type { Sharp } from "sharp";
import { RequestError } from "../errors/request-error.ts";
import { convertCmykToRgb } from "./cmyk.ts";
import type { RgbImage } from "./rgb-image.ts";
import { sharp } from "./sharp.ts";

export interface DecodeOptions {
  /**
   * Pixels the shorter side must keep. A larger photograph is reduced to it while it is decoded, which saves most of the time and the
   * memory; a smaller one stays as it is. Without it every pixel is kept.
   */
  shortestSide?: number;
}

/**
 * Decodes a photograph that `identifyImage` has accepted to upright 8-bit RGB, with the values Pillow's `convert("RGB")` gives: colour
 * profiles are not applied, transparency is dropped (the colour below it shows), greyscale is repeated, CMYK is multiplied out. Where
 * Pillow saturates 16-bit greyscale at 255, this takes the high byte, as both do for 16-bit colour. A TIFF of several pages gives its
 * first. The picture is turned and mirrored as its EXIF orientation says.
 *
 * @throws RequestError `invalid_image` when the file is truncated or broken
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions = {}): Promise<RgbImage> {
  try {
    // The pixel limit has been checked by identifyImage.
    const input = sharp(bytes, { failOn: "truncated", ignoreIcc: true, limitInputPixels: false });
    const isCmyk = (await input.metadata()).space === "cmyk";
    const upright = reduce(input.autoOrient().removeAlpha(), options.shortestSide);
    const converted = isCmyk
      ? upright.pipelineColourspace("cmyk").toColourspace("cmyk")
      : upright.toColourspace("srgb");
    const { data, info } = await converted.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
    return { data: isCmyk ? convertCmykToRgb(data) : data, width: info.width, height: info.height };
  } catch (cause) {
    throw new RequestError("invalid_image", `Expected a whole photograph but it cannot be decoded: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

function reduce(picture: Sharp, shortestSide: number | undefined): Sharp {
  if (shortestSide === undefined) return picture;
  return picture.resize({
    width: shortestSide,
    height: shortestSide,
    fit: "outside",
    withoutEnlargement: true,
    kernel: "linear",
  });
}

/** First line of libvips' message, which names no path and holds nothing of the file. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split("\n")[0] ?? "").trim() : String(cause);
}
