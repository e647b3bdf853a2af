import type { ModelContract, PixelTensor, Preprocessing } from "../contracts/model.ts";
import { maskOutsideCircle } from "./circle-mask.ts";
import { resizeLikeOpencv } from "./opencv-resize.ts";
import { resizeLikePillow } from "./pillow-resize.ts";
import { findRetinaDisc } from "./retina-disc.ts";
import { cropImage, type RgbImage } from "./rgb-image.ts";

type PixelContract = Pick<ModelContract, "input" | "preprocessing">;
type RetinaDisc = Extract<Preprocessing, { kind: "retina_disc" }>;

/**
 * How many pixels the shorter side of a photograph must have for `preparePixels`; more are a waste, and for
 * the disc harmful: its bicubic resize does not smooth, so a large photograph would be answered by its noise.
 * For a plain resize twice the input size is kept, as with Pillow's `reducing_gap=2`.
 */
export function sufficientSide({ input, preprocessing }: PixelContract): number {
  return preprocessing.kind === "retina_disc"
    ? preprocessing.crop_size
    : 2 * Math.max(input.width, input.height);
}

/**
 * Makes the pixels a model version asks for from a decoded photograph: `[1, height, width, 3]` in its value
 * range.
 */
export function preparePixels(image: RgbImage, contract: PixelContract): PixelTensor {
  const { input, preprocessing } = contract;
  const resized =
    preprocessing.kind === "resize"
      ? resizeLikePillow(image, input.width, input.height, preprocessing.interpolation)
      : resizeLikeOpencv(
          cropDisc(image, preprocessing),
          input.width,
          input.height,
          preprocessing.interpolation,
        );
  return { data: scaleValues(resized.data, input.value_range), width: input.width, height: input.height };
}

/** The retina's disc as a square of `crop_size`, black around its circle. */
function cropDisc(image: RgbImage, { crop_size, mask_radius }: RetinaDisc): RgbImage {
  const disc = cropImage(image, findRetinaDisc(image));
  const square = resizeLikeOpencv(disc, crop_size, crop_size, "bicubic");
  maskOutsideCircle(square, mask_radius);
  return square;
}

/** Maps 0..255 linearly onto the range the model expects. */
function scaleValues(bytes: Uint8Array, [low, high]: readonly [number, number]): Float32Array {
  const values = new Float32Array(bytes);
  if (low === 0 && high === 255) return values;
  const step = (high - low) / 255;
  for (let i = 0; i < values.length; i++) values[i] = low + (values[i] as number) * step;
  return values;
}
