import type { Preprocessing } from "../../schemas/model.ts";
import { cropImage, type RgbImage } from "../rgb-image.ts";

export interface Size {
  width: number;
  height: number;
}
type CenterCrop = Extract<Preprocessing, { kind: "center_crop" }>;

/** Length that the shorter side is resized to: as declared, or as timm computes it from `crop_pct`. */
export function shorterSideFor({ shorter_side, crop_pct }: CenterCrop, input: Size): number {
  return shorter_side ?? Math.floor(Math.max(input.width, input.height) / (crop_pct ?? 1));
}

/**
 * Size of a picture after its shorter side is resized: the longer side is cut to whole pixels, as in torchvision's
 * `Resize`.
 */
export function resizedSize({ width, height }: Size, shorterSide: number): Size {
  const longer = Math.trunc((shorterSide * Math.max(width, height)) / Math.min(width, height));
  return width <= height ? { width: shorterSide, height: longer } : { width: longer, height: shorterSide };
}

/**
 * The middle of a picture, which must be at least as large as the crop. Half pixels go to the even side, as in
 * torchvision.
 */
export function cropCenter(image: RgbImage, { width, height }: Size): RgbImage {
  const left = roundHalfToEven((image.width - width) / 2);
  const top = roundHalfToEven((image.height - height) / 2);
  return cropImage(image, { left, top, right: left + width, bottom: top + height });
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}
