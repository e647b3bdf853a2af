import type { Sharp } from "sharp";
import type { ImageMetadata } from "../contracts/prediction.ts";
import { RequestError } from "../errors/request-error.ts";
import { convertCmykToRgb } from "./cmyk.ts";
import type { RgbImage } from "./rgb-image.ts";
import { sharp } from "./sharp.ts";

/**
 * Decodes a photograph that `identifyImage` has accepted to upright 8-bit RGB, with the values Pillow's
 * `convert("RGB")` gives: colour profiles are not applied, transparency is dropped (the colour below it
 * shows), greyscale is repeated, CMYK is multiplied out. Where Pillow saturates 16-bit greyscale at 255, this
 * takes the high byte, as both do for 16-bit colour. A TIFF of several pages gives its first. The picture is
 * turned and mirrored as its EXIF orientation says.
 *
 * @param metadata what `identifyImage` said of the same bytes: nothing is decoded before its checks
 * @param shortestSide pixels the shorter side must keep: a larger photograph is reduced to it while it is
 *   decoded, which saves most of the time and the memory, and a smaller one stays as it is; without it every
 *   pixel is kept
 * @throws RequestError `invalid_image` when the file is truncated or broken
 */
export async function decodeImage(
  bytes: Uint8Array,
  metadata: ImageMetadata,
  shortestSide?: number,
): Promise<RgbImage> {
  const isCmyk = metadata.image_mode === "CMYK";
  try {
    const upright = sharp(bytes, { failOn: "truncated", ignoreIcc: true, limitInputPixels: false })
      .autoOrient()
      .removeAlpha();
    const reduced = shortestSide === undefined ? upright : reduce(upright, shortestSide);
    const converted = isCmyk
      ? reduced.pipelineColourspace("cmyk").toColourspace("cmyk")
      : reduced.toColourspace("srgb");
    const { data, info } = await converted.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
    return { data: isCmyk ? convertCmykToRgb(data) : data, width: info.width, height: info.height };
  } catch (cause) {
    const format = metadata.image_format.toUpperCase();
    throw new RequestError(
      "invalid_image",
      `Expected a whole photograph but this ${format} cannot be decoded: ${reasonOf(cause)}`,
      { cause },
    );
  }
}

/**
 * Smooths while it reduces, with Pillow's bicubic kernel. The JPEG decoder may do the first halvings, but
 * leaves at least a factor of two to the kernel
 * (docs/decisions/2026-11-25-large-photographs-are-reduced-first.md).
 */
function reduce(picture: Sharp, shortestSide: number): Sharp {
  return picture.resize({
    width: shortestSide,
    height: shortestSide,
    fit: "outside",
    withoutEnlargement: true,
    kernel: "cubic",
    fastShrinkOnLoad: false,
  });
}

/** First line of libvips' message, which names no path and holds nothing of the file. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split("\n")[0] ?? "").trim() : String(cause);
}
