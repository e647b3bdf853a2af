import type { PhotographMeasures } from "../../schemas/photograph-measures.ts";
import { resizeLikeOpencv } from "../resizing/opencv-resize.ts";
import { segmentRetinaDisc } from "../retina-disc.ts";
import { type BoundingBox, boxHeight, boxWidth, cropImage, type RgbImage } from "../rgb-image.ts";
import { measureSharpness } from "./measure-sharpness.ts";
import { measureTexture } from "./measure-texture.ts";
import { reduceImage } from "./reduce-image.ts";

const thumbnailSide = 128;
const cornerSide = 6;
/** A bright region of fewer pixels of the thumbnail is not a disc. */
const minimumDiscPixels = 200;
const burntOutFrom = 250;
/** Green up to this value is the black around the disc, or too dark to show anything. */
const darkUpTo = 8;
/**
 * The longest side of the picture on which sharpness is measured, so that the same detail counts in every photograph.
 */
const sharpnessSide = 256;
/** A large photograph is reduced first, but its shorter side keeps at least this length. */
const measuredSide = 2 * sharpnessSide;

/** Measures a decoded photograph. See photographMeasuresSchema for what each number means. */
export function measurePhotograph(photograph: RgbImage): PhotographMeasures {
  const image = reduceImage(photograph, measuredSide);
  const thumbnail = resizeLikeOpencv(image, thumbnailSide, thumbnailSide, "area");
  const { mask, box } = segmentRetinaDisc(thumbnail);
  const size = count(mask);
  if (size < minimumDiscPixels) return withoutDisc(thumbnail);
  return {
    disc_share: size / mask.length,
    disc_width: boxWidth(box) / thumbnailSide,
    disc_height: Math.min(1, (boxHeight(box) / thumbnailSide) * Math.max(1, image.height / image.width)),
    disc_aspect: (boxWidth(box) * image.width) / (boxHeight(box) * image.height),
    disc_roundness: overlapWithEllipse(mask, box),
    corner_share: shareOfCorners(mask),
    ...measureColours(thumbnail, mask, size),
    ...measureBrightness(thumbnail, mask, box, size),
    sharpness: sharpnessOfDisc(image, box),
  };
}

function withoutDisc(thumbnail: RgbImage): PhotographMeasures {
  const mean = thumbnail.data.reduce((sum, value) => sum + value, 0) / thumbnail.data.length;
  return {
    ...{ disc_share: 0, disc_width: 0, disc_height: 0, disc_aspect: 0, disc_roundness: 0, corner_share: 0 },
    ...{
      brightness: mean,
      red_less_blue: 0,
      red_less_green: 0,
      blue_share: 0,
      red_spread: 0,
      blue_spread: 0,
    },
    ...{ texture: 0, entropy_bits: 0, contrast: 0, sharpness: 0, burnt_out_share: 0, evenness: 0 },
  };
}

function count(mask: Uint8Array): number {
  let set = 0;
  for (let at = 0; at < mask.length; at++) set += mask[at] as number;
  return set;
}

function overlapWithEllipse(mask: Uint8Array, box: BoundingBox): number {
  const [centreX, centreY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const [radiusX, radiusY] = [boxWidth(box) / 2, boxHeight(box) / 2];
  let both = 0;
  let either = 0;
  for (let y = 0, at = 0; y < thumbnailSide; y++) {
    const down = (y + 0.5 - centreY) / radiusY;
    for (let x = 0; x < thumbnailSide; x++, at++) {
      const right = (x + 0.5 - centreX) / radiusX;
      const inside = right * right + down * down <= 1;
      if (inside && mask[at] === 1) both++;
      if (inside || mask[at] === 1) either++;
    }
  }
  return both / either;
}

function shareOfCorners(mask: Uint8Array): number {
  let set = 0;
  const far = thumbnailSide - cornerSide;
  for (let y = 0; y < cornerSide; y++) {
    for (let x = 0; x < cornerSide; x++) {
      for (const [cornerY, cornerX] of [
        [0, 0],
        [0, far],
        [far, 0],
        [far, far],
      ] as const) {
        set += mask[(cornerY + y) * thumbnailSide + cornerX + x] as number;
      }
    }
  }
  return set / (4 * cornerSide * cornerSide);
}

function measureColours({ data }: RgbImage, mask: Uint8Array, size: number) {
  let red = 0;
  let green = 0;
  let blue = 0;
  let burntOut = 0;
  let redShares = 0;
  let redSquares = 0;
  let blueShares = 0;
  let blueSquares = 0;
  for (let pixel = 0, at = 0; pixel < mask.length; pixel++, at += 3) {
    if (mask[pixel] === 0) continue;
    const r = data[at] as number;
    const g = data[at + 1] as number;
    const b = data[at + 2] as number;
    red += r;
    green += g;
    blue += b;
    if (r >= burntOutFrom && g >= burntOutFrom) burntOut++;
    // The constant keeps the shares of dark pixels from being noise.
    const sum = r + g + b + 20;
    const redShare = r / sum;
    const blueShare = b / sum;
    redShares += redShare;
    redSquares += redShare * redShare;
    blueShares += blueShare;
    blueSquares += blueShare * blueShare;
  }
  const sum = red + green + blue + 1e-3;
  return {
    brightness: (red + green + blue) / (3 * size),
    red_less_blue: (red - blue) / sum,
    red_less_green: (red - green) / sum,
    blue_share: blue / sum,
    red_spread: deviation(redShares, redSquares, size),
    blue_spread: deviation(blueShares, blueSquares, size),
    burnt_out_share: burntOut / size,
  };
}

const deviation = (sum: number, squares: number, size: number): number =>
  Math.sqrt(Math.max(squares / size - (sum / size) ** 2, 0));

function measureBrightness(thumbnail: RgbImage, mask: Uint8Array, box: BoundingBox, size: number) {
  const grey = toGrey(thumbnail);
  const histogram = new Int32Array(256);
  for (let at = 0; at < mask.length; at++)
    if (mask[at] === 1) histogram[grey[at] as number] = (histogram[grey[at] as number] as number) + 1;
  return {
    texture: measureTexture({ grey, mask, width: thumbnailSide, height: thumbnailSide }),
    entropy_bits: entropy(histogram, size),
    contrast: (percentile(histogram, size, 0.95) - percentile(histogram, size, 0.05)) / 255,
    evenness: evennessOf(grey, mask, box),
  };
}

/** Luminance of ITU-R BT.601, rounded, as OpenCV's COLOR_RGB2GRAY. */
function toGrey({ data }: RgbImage): Uint8Array {
  const grey = new Uint8Array(data.length / 3);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3) {
    grey[pixel] =
      0.299 * (data[at] as number) +
      0.587 * (data[at + 1] as number) +
      0.114 * (data[at + 2] as number) +
      0.5;
  }
  return grey;
}

function entropy(histogram: Int32Array, size: number): number {
  let bits = 0;
  for (let bin = 0; bin < 256; bin += 4) {
    const share = histogram.subarray(bin, bin + 4).reduce((sum, n) => sum + n, 0) / size;
    if (share > 0) bits -= share * Math.log2(share);
  }
  return bits;
}

function percentile(histogram: Int32Array, size: number, share: number): number {
  let below = 0;
  for (let value = 0; value < 256; value++) {
    below += histogram[value] as number;
    if (below >= share * size) return value;
  }
  return 255;
}

/**
 * Darkest by brightest of the parts of the disc, 0..1. Its box is cut into nine; the four at the corners hold too
 * little of the disc to count.
 */
function evennessOf(grey: Uint8Array, mask: Uint8Array, box: BoundingBox): number {
  const sums = new Float64Array(9);
  const pixels = new Int32Array(9);
  const thirdOf = (offset: number, length: number) => Math.floor((3 * offset) / length);
  const columns = Uint8Array.from({ length: boxWidth(box) }, (_, x) => thirdOf(x, boxWidth(box)));
  for (let y = box.top; y < box.bottom; y++) {
    const row = 3 * thirdOf(y - box.top, boxHeight(box));
    const start = y * thumbnailSide + box.left;
    for (let x = 0; x < columns.length; x++) {
      if (mask[start + x] === 0) continue;
      const part = row + (columns[x] as number);
      sums[part] = (sums[part] as number) + (grey[start + x] as number);
      pixels[part] = (pixels[part] as number) + 1;
    }
  }
  const means = [1, 3, 4, 5, 7].map((part) => (sums[part] as number) / Math.max(pixels[part] as number, 1));
  return Math.min(...means) / Math.max(...means, 1);
}

function sharpnessOfDisc(image: RgbImage, box: BoundingBox): number {
  const cropped = cropImage(image, scaleBox(box, image));
  const scale = Math.min(1, sharpnessSide / Math.max(cropped.width, cropped.height));
  const width = Math.max(1, Math.round(cropped.width * scale));
  const height = Math.max(1, Math.round(cropped.height * scale));
  return measureSharpness(resizeLikeOpencv(cropped, width, height, "area"), darkUpTo);
}

/** Turns a box of the thumbnail into one of the picture itself. */
function scaleBox(box: BoundingBox, { width, height }: RgbImage): BoundingBox {
  return {
    left: Math.floor((box.left * width) / thumbnailSide),
    top: Math.floor((box.top * height) / thumbnailSide),
    right: Math.ceil((box.right * width) / thumbnailSide),
    bottom: Math.ceil((box.bottom * height) / thumbnailSide),
  };
}
