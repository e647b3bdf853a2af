import type { ModelContract, PixelTensor, Preprocessing } from "../../schemas/model.ts";
import { type Interpolation, resizeLikeOpencv } from "../resizing/opencv-resize.ts";
import { resizeLikePillow } from "../resizing/pillow-resize.ts";
import { resizeToNearest, resizeUnsmoothed } from "../resizing/unsmoothed-resize.ts";
import { findRetinaDisc } from "../retina-disc.ts";
import { cropImage, type ModelPicture, type RgbImage } from "../rgb-image.ts";
import { cropCenter, resizedSize, shorterSideFor } from "./center-crop.ts";
import { maskOutsideCircle } from "./circle-mask.ts";
import { normalizeValues } from "./normalize-values.ts";

type PixelContract = Pick<ModelContract, "input" | "preprocessing">;
type RetinaDisc = Extract<Preprocessing, { kind: "retina_disc" }>;

/**
 * Pixels that the shorter side of a photograph must keep for `preparePixels`. More are a waste, and for the retina's
 * disc they do harm: its bicubic resize does not smooth, so noise would decide the answer for a large photograph. A
 * resize that smooths is left twice the model's size, as with Pillow's `reducing_gap=2`. Undefined where every pixel
 * counts, because a resize without smoothing takes single pixels.
 */
export function sufficientSide({ input, preprocessing }: PixelContract): number | undefined {
  if (preprocessing.kind === "retina_disc") return preprocessing.crop_size;
  if (preprocessing.interpolation === "nearest") return undefined;
  if (preprocessing.kind === "center_crop") return 2 * shorterSideFor(preprocessing, input);
  return preprocessing.antialias ? 2 * Math.max(input.width, input.height) : undefined;
}

/**
 * Turns a decoded photograph into the pixels that a model version asks for: `[1, height, width, 3]`, scaled and
 * normalised as its contract says.
 */
export function preparePixels(image: RgbImage, contract: PixelContract): PixelTensor {
  const picture = preparePicture(image, contract);
  return { ...picture, data: normalizeValues(picture.data, contract.input) };
}

/** The photograph as a model version sees it: cropped and resized, but not yet scaled. */
export function preparePicture(image: RgbImage, contract: PixelContract): ModelPicture {
  const { width, height } = contract.input;
  return { data: resizeAsDeclared(image, contract), width, height };
}

/** Of the last picture. A new array for each, of nearly a megabyte, is most of the garbage of an answer. */
let spare: Float32Array | undefined;

/** Scales and normalises a picture's values as the contract says, for `use` alone: the next picture gets the same array. */
export async function usePixels<T>(
  picture: ModelPicture,
  { input }: PixelContract,
  use: (pixels: PixelTensor) => Promise<T>,
): Promise<T> {
  const { length } = picture.data;
  const array = spare?.length === length ? spare : new Float32Array(length);
  spare = undefined;
  const result = await use({ ...picture, data: normalizeValues(picture.data, input, array) });
  spare = array;
  return result;
}

function resizeAsDeclared(
  image: RgbImage,
  { input, preprocessing }: PixelContract,
): Uint8Array | Float32Array {
  const { width, height } = input;
  switch (preprocessing.kind) {
    case "resize":
      return preprocessing.antialias || preprocessing.interpolation === "nearest"
        ? resizePlainly(image, width, height, preprocessing.interpolation).data
        : resizeUnsmoothed(image, width, height);
    case "center_crop": {
      const whole = resizedSize(image, shorterSideFor(preprocessing, input));
      return cropCenter(resizePlainly(image, whole.width, whole.height, preprocessing.interpolation), input)
        .data;
    }
    case "retina_disc":
      return resizeLikeOpencv(cropDisc(image, preprocessing), width, height, preprocessing.interpolation)
        .data;
  }
}

function resizePlainly(
  image: RgbImage,
  width: number,
  height: number,
  interpolation: Interpolation | "nearest",
): RgbImage {
  return interpolation === "nearest"
    ? resizeToNearest(image, width, height)
    : resizeLikePillow(image, width, height, interpolation);
}

/** The retina's disc as a square of `crop_size`, black around its circle. */
function cropDisc(image: RgbImage, { crop_size, mask_radius }: RetinaDisc): RgbImage {
  const disc = cropImage(image, findRetinaDisc(image));
  const square = resizeLikeOpencv(disc, crop_size, crop_size, "bicubic");
  maskOutsideCircle(square, mask_radius);
  return square;
}
