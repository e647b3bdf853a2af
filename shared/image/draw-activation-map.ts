import type { ModelPicture } from "./rgb-image.ts";
import { sharp } from "./sharp.ts";

/** How strongly each part of a picture moved an answer: `[height, width]`, 0..1. */
export interface ActivationMap {
  data: Float32Array;
  height: number;
  width: number;
}

/** Light blue, a colour that no retina has, and its opacity where the map is 1; `explanationNotes` says what it means. */
const colour = [0, 229, 255] as const;
const opacity = 0.7;

/**
 * The map over the picture, brought to its size by bicubic interpolation.
 *
 * @returns a PNG of the picture's size
 */
export async function drawActivationMap(picture: ModelPicture, map: ActivationMap): Promise<Buffer> {
  const { width, height } = picture;
  const grey = Uint8Array.from(map.data, (value) => Math.round(value * 255));
  const strengths = await sharp(grey, { raw: { width: map.width, height: map.height, channels: 1 } })
    .resize(width, height, { fit: "fill", kernel: "cubic" })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  const pixels = Uint8ClampedArray.from(picture.data, (value, index) => {
    const share = (opacity * (strengths[Math.floor(index / 3)] ?? 0)) / 255;
    return value * (1 - share) + (colour[index % 3] ?? 0) * share;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
