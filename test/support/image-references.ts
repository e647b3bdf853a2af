import { readFileSync } from "node:fs";
import { decodeImage } from "../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../shared/image/decoding/identify-image.ts";
import type { RgbImage } from "../../shared/image/rgb-image.ts";

const folder = new URL("../fixtures/image/", import.meta.url);

interface References {
  boxes: Record<string, [left: number, top: number, right: number, bottom: number]>;
  sizes: Record<string, [width: number, height: number]>;
  modes: Record<string, string>;
  blur: { plane: number[][]; blurred: number[][]; percentiles: Record<string, number> };
}

/**
 * What Pillow, OpenCV and NumPy made of the pictures in test/fixtures/image (see make-references.py there).
 */
export const references: References = JSON.parse(readFileSync(new URL("references.json", folder), "utf8"));

export const readReference = (name: string): Buffer => readFileSync(new URL(name, folder));

export const anyUpload = { maxImagePixels: 100_000_000 };

export async function decodeFile(bytes: Uint8Array): Promise<RgbImage> {
  return decodeImage(await identifyImage(bytes, anyUpload));
}

/** How far two pictures of one size are apart: the largest difference and the share of values that differ. */
export function compareImages(a: RgbImage, b: RgbImage): { largest: number; share: number } {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`Expected one size but received ${a.width} x ${a.height} and ${b.width} x ${b.height}`);
  }
  let largest = 0;
  let different = 0;
  a.data.forEach((value, i) => {
    const difference = Math.abs(value - (b.data[i] as number));
    largest = Math.max(largest, difference);
    if (difference > 0) different++;
  });
  return { largest, share: different / a.data.length };
}
