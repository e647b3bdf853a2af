import type { RgbImage } from "../../../shared/image/rgb-image.ts";

/**
 * Each pixel is the mean of a square of `factor` pixels, in single precision, rounded to the nearest byte and from a
 * half to the even one.
 */
export function reduceByFactor({ data, width, height }: RgbImage, factor: number): RgbImage {
  const reduced = { width: Math.floor(width / factor), height: Math.floor(height / factor) };
  const share = Math.fround(1 / (factor * factor));
  const bytes = new Uint8ClampedArray(reduced.width * reduced.height * 3);
  for (let i = 0; i < bytes.length; i++) {
    const [pixel, channel] = [Math.floor(i / 3), i % 3];
    const [left, top] = [(pixel % reduced.width) * factor, Math.floor(pixel / reduced.width) * factor];
    let sum = 0;
    for (let y = top; y < top + factor; y++)
      for (let x = left; x < left + factor; x++) sum += data[(y * width + x) * 3 + channel] as number;
    bytes[i] = Math.fround(sum * share);
  }
  return { ...reduced, data: new Uint8Array(bytes.buffer) };
}
