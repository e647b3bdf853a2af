import { useKernels } from "../kernels/kernels.ts";

/** A region of a picture, a byte per pixel, row by row: 1 in `mask` where a pixel belongs to it, else 0. */
export interface Region {
  grey: Uint8Array;
  mask: Uint8Array;
  width: number;
  height: number;
}

const minimumPixels = 50;

/**
 * Mean Sobel gradient well inside a region by its mean brightness (kernels/differences.c); 0 where fewer than 50 pixels
 * are inside. Sobel's weights make a gradient 8 times a difference per pixel; the 8 added to the brightness keeps noise
 * in the dark from being texture.
 */
export function measureTexture(region: Region): number {
  const { gradients, brightness, pixels } = sumTexture(region);
  return pixels < minimumPixels ? 0 : gradients / 8 / pixels / (brightness / pixels + 8);
}

/**
 * Sums of gradients (across and down together) and of brightness over the pixels well inside, and the number of these
 * pixels.
 */
export function sumTexture({ grey, mask, width, height }: Region) {
  return useKernels((kernels) => {
    const found = kernels.allocate(12);
    kernels.sum_texture(kernels.put(grey, 16), kernels.put(mask, 16), width, height, found);
    const [gradients = 0, brightness = 0, pixels = 0] = new Uint32Array(kernels.get(found, 12).buffer);
    return { gradients, brightness, pixels };
  });
}
