import { useKernels } from "./kernels/kernels.ts";
import type { Box, RgbImage } from "./rgb-image.ts";

/**
 * Finds the round picture of the retina in a fundus photograph, as the packaged model's training did
 * (kernels/retina-disc.c; models/eye-disease/MODEL_CARD.md, preprocessing). Sizes such as the blur's are in pixels of about a
 * 224 pixel picture.
 *
 * @returns the disc's box, or the whole image when no disc stands out
 */
export function findRetinaDisc(image: RgbImage): Box {
  return useKernels((kernels) => {
    const pixels = kernels.put(image.data, 48);
    const box = kernels.allocate(16);
    kernels.find_retina_disc(pixels, image.width, image.height, box);
    const [left, top, right, bottom] = new Int32Array(kernels.get(box, 16).buffer) as unknown as Corners;
    return { left, top, right, bottom };
  });
}

type Corners = [left: number, top: number, right: number, bottom: number];
