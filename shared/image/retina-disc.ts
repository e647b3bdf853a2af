import { type Kernels, useKernels } from "./kernels/kernels.ts";
import type { BoundingBox, RgbImage } from "./rgb-image.ts";

/**
 * Finds the round picture of the retina in a fundus photograph, as the packaged model's training did
 * (kernels/retina-disc.c; models/eye-disease/MODEL_CARD.md, preprocessing). The blur and the other sizes are meant for
 * a picture of about 224 pixels.
 *
 * @returns the disc's box, or the whole image when no disc stands out
 */
export function findRetinaDisc(image: RgbImage): BoundingBox {
  return useKernels((kernels) => {
    const pixels = kernels.put(image.data, 48);
    const box = kernels.allocate(16);
    kernels.find_retina_disc(pixels, image.width, image.height, box);
    return readBox(kernels, box);
  });
}

/**
 * The largest bright region of a photograph, whatever its shape and size.
 *
 * @returns the mask, row by row, is 1 where a pixel belongs to the region; the box leaves out its notches and captions,
 *   and is the whole image where nothing is bright
 */
export function segmentRetinaDisc(image: RgbImage): { mask: Uint8Array; box: BoundingBox } {
  return useKernels((kernels) => {
    const count = image.width * image.height;
    const pixels = kernels.put(image.data, 48);
    const box = kernels.allocate(16);
    const mask = kernels.allocate(count);
    kernels.segment_retina_disc(pixels, image.width, image.height, box, mask);
    return { mask: kernels.get(mask, count), box: readBox(kernels, box) };
  });
}

function readBox(kernels: Kernels, address: number): BoundingBox {
  const [left, top, right, bottom] = new Int32Array(kernels.get(address, 16).buffer) as unknown as Corners;
  return { left, top, right, bottom };
}

type Corners = [left: number, top: number, right: number, bottom: number];
