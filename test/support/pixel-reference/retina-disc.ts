import { type BoundingBox, boxHeight, boxWidth, type RgbImage } from "../../../shared/image/rgb-image.ts";
import { blurGaussian } from "./gaussian-blur.ts";
import { findLargestComponent, type Run } from "./largest-component.ts";
import { computePercentile } from "./percentile.ts";

/**
 * A pixel belongs to the disc when it is brighter than this share of the 90th percentile, and than 10 of 255.
 */
const brightnessShare = 0.12;
const minimumBrightness = 10;
/** Pixels whose darkest channel is above this are paper or frame, not retina. */
const whiteAbove = 245;
/**
 * Rows and columns with fewer pixels of the disc than this share of the fullest one are notches or captions.
 */
const runShare = 0.06;
/** A box narrower or lower than this share of the photograph is not a disc. */
const minimumBoxShare = 0.25;

/**
 * Finds the round picture of the retina in a fundus photograph, as the packaged model's training did
 * (models/eye-disease/MODEL_CARD.md, preprocessing). The blur and the other sizes are meant for a picture of about 224
 * pixels.
 *
 * @returns the disc's box, or the whole image when no disc stands out
 */
export function findRetinaDisc(image: RgbImage): BoundingBox {
  const { box } = segmentRetinaDisc(image);
  const isDisc =
    boxWidth(box) >= minimumBoxShare * image.width && boxHeight(box) >= minimumBoxShare * image.height;
  return isDisc ? box : { left: 0, top: 0, right: image.width, bottom: image.height };
}

/** The largest bright region, 1 where a pixel belongs to it, and its box. */
export function segmentRetinaDisc(image: RgbImage): { mask: Uint8Array; box: BoundingBox } {
  const { width, height } = image;
  const disc = findLargestComponent(brightMask(image), width);
  const mask = new Uint8Array(width * height);
  for (const { start, end } of disc) mask.fill(1, start, end);
  const box =
    disc.length === 0 ? { left: 0, top: 0, right: width, bottom: height } : boundingBox(disc, width, height);
  return { mask, box };
}

function brightMask({ data, width, height }: RgbImage): Uint8Array {
  const brightest = new Uint8Array(width * height);
  const mask = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < mask.length; pixel++, at += 3) {
    const red = data[at] as number;
    const green = data[at + 1] as number;
    const blue = data[at + 2] as number;
    brightest[pixel] = Math.max(red, green, blue);
    mask[pixel] = Math.min(red, green, blue) > whiteAbove ? 0 : 1;
  }
  const blurred = blurGaussian({ data: brightest, width, height });
  const threshold = Math.max(minimumBrightness, brightnessShare * computePercentile(blurred, 90));
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if ((blurred[pixel] as number) <= threshold) mask[pixel] = 0;
  }
  return mask;
}

function boundingBox(disc: readonly Run[], width: number, height: number): BoundingBox {
  const rows = new Int32Array(height);
  const columns = new Int32Array(width);
  for (const { start, end } of disc) {
    const y = Math.floor(start / width);
    rows[y] = (rows[y] as number) + end - start;
    for (let x = start - y * width; x < end - y * width; x++) columns[x] = (columns[x] as number) + 1;
  }
  const [left, right] = filledRange(columns);
  const [top, bottom] = filledRange(rows);
  return { left, top, right, bottom };
}

/** First position whose count is large enough, and the one after the last. */
function filledRange(counts: Int32Array): [first: number, end: number] {
  const minimum = runShare * counts.reduce((largest, count) => Math.max(largest, count), 0);
  const isFilled = (count: number) => count > minimum;
  return [counts.findIndex(isFilled), counts.findLastIndex(isFilled) + 1];
}
