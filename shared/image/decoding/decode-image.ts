import type { Sharp } from "sharp";
import { RequestError } from "../../errors/request-error.ts";
import type { SharpInput } from "../formats/picture-source.ts";
import { refuse, refuseDamaged } from "../formats/refuse.ts";
import type { RgbImage } from "../rgb-image.ts";
import { sharp } from "../sharp.ts";
import { convertCmykToRgb } from "./cmyk.ts";
import type { Photograph } from "./identify-image.ts";
import { reasonOf } from "./reason-of.ts";
import { convertYccToRgb } from "./ycc.ts";

/**
 * Decodes a photograph to upright 8-bit sRGB. An embedded colour profile is applied. Without one, the values are those
 * of Pillow's `convert("RGB")`: transparency is dropped (the colour below it shows), greyscale is repeated, CMYK is
 * multiplied out. There is one exception: Pillow saturates 16-bit greyscale at 255, whereas this takes the high byte,
 * as both do for 16-bit colour. The picture is turned and mirrored as its EXIF orientation says.
 *
 * @param photograph what `identifyImage` accepted
 * @param shortestSide pixels that the shorter side must keep: a larger photograph is reduced to it while it is decoded,
 *   which saves most of the time and the memory, and a smaller one stays as it is; without it, every pixel is kept
 * @throws RequestError `invalid_image` when the file is truncated or broken, or too dark to have used its 16 bits
 */
export async function decodeImage(photograph: Photograph, shortestSide?: number): Promise<RgbImage> {
  const { metadata, samples } = photograph;
  try {
    const { input, options } = await open(photograph);
    const upright = () =>
      sharp(input, { ...options, limitInputPixels: false })
        .autoOrient()
        .removeAlpha();
    const whole = () => toRgb(upright(), photograph);
    if (shortestSide === undefined) {
      const image = await whole();
      if (samples.is16Bit) expectFullRange(image);
      return image;
    }
    const image = await toRgb(reduce(upright(), shortestSide), photograph);
    // Around a highlight of 12 bits, the reduced picture may be brighter than any sample.
    if (samples.is16Bit && isDark(image, 2 * brightestOf12Bits)) expectFullRange(await whole());
    return image;
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    throw refuseDamaged(metadata.image_format.toUpperCase(), reasonOf(cause), cause);
  }
}

/**
 * Two kinds of picture are rewritten first, with their profile: sharp applies none to 16-bit grey, which is brought to 8
 * bits; and where there is transparency it darkens what is transparent when it reduces a picture, before it would drop
 * the transparency.
 */
async function open({ source, samples }: Photograph): Promise<SharpInput> {
  const opened = await source.open();
  const isProfiledGrey = samples.is16Bit && samples.isGrey && samples.hasProfile;
  if (!isProfiledGrey && (!samples.hasAlpha || samples.isCmyk)) return opened;
  const [grey, rgb] = samples.is16Bit && !isProfiledGrey ? ["grey16", "rgb16"] : ["b-w", "srgb"];
  const input = await sharp(opened.input, { ...opened.options, ignoreIcc: true, limitInputPixels: false })
    .keepMetadata()
    .removeAlpha()
    .toColourspace(samples.isGrey ? grey : rgb)
    .png({ compressionLevel: 1 })
    .toBuffer();
  return { input, options: { failOn: "error" } };
}

async function toRgb(picture: Sharp, { source, samples }: Photograph): Promise<RgbImage> {
  if (samples.isCmyk && !samples.hasProfile) {
    const { data, width, height } = await read8Bit(picture.pipelineColourspace("cmyk").toColourspace("cmyk"));
    return { data: convertCmykToRgb(data), width, height };
  }
  if (source.maximumSample !== undefined) return readScaled(picture, samples.isGrey, source.maximumSample);
  // sharp turns 16-bit colour with a profile into Display P3, and the profile named here turns that into sRGB.
  const converted =
    samples.hasProfile && samples.is16Bit && !samples.isGrey
      ? picture.withIccProfile("srgb", { attach: false })
      : picture;
  const image = await read8Bit(converted.toColourspace("srgb"));
  return source.isYcc ? { ...image, data: convertYccToRgb(image.data) } : image;
}

async function read8Bit(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** 16-bit samples whose white is `maximumSample`, brought to 8 bits. */
async function readScaled(picture: Sharp, isGrey: boolean, maximumSample: number): Promise<RgbImage> {
  const { data, info } = await picture
    .toColourspace(isGrey ? "grey16" : "rgb16")
    .raw({ depth: "ushort" })
    .toBuffer({ resolveWithObject: true });
  const values = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  const rgb = new Uint8ClampedArray(info.width * info.height * 3);
  for (let i = 0; i < rgb.length; i++) {
    const value = values[isGrey ? Math.floor(i / 3) : i] as number;
    if (value > maximumSample) {
      throw refuse(
        `samples up to ${value} in a TIFF that says its largest is ${maximumSample} (MaxSampleValue)`,
      );
    }
    rgb[i] = (value * 255) / maximumSample;
  }
  return { data: new Uint8Array(rgb.buffer), width: info.width, height: info.height };
}

/** The highest 8-bit value of 12-bit samples that are stored in 16 bits without saying so. */
const brightestOf12Bits = 0x0fff >> 8;

/**
 * A picture in the lowest sixteenth of its range is not dark: its samples have at most 12 bits, and nothing says so.
 */
function expectFullRange(image: RgbImage): void {
  if (!isDark(image, brightestOf12Bits)) return;
  throw refuse(
    "16-bit samples that are all 4095 or below: scale samples of 12 bits to 16, or declare them (TIFF's MaxSampleValue)",
  );
}

const isDark = ({ data }: RgbImage, upTo: number): boolean => data.every((value) => value <= upTo);

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
