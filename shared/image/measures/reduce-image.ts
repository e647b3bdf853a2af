import { useKernels } from "../kernels/kernels.ts";
import type { RgbImage } from "../rgb-image.ts";

/** The kernel's sums would not be exact for larger squares. */
const largestFactor = 256;

/**
 * Reduces a picture by a whole factor: each pixel is the mean of a square (kernels/reduce.c). This takes a few
 * milliseconds for any photograph, because its pixels are read once and in order. Pixels at the right and the bottom
 * that fill no square are left out.
 *
 * @param shortestSide pixels that the shorter side keeps at least; a picture with less than twice as many stays as it
 *   is
 */
export function reduceImage(image: RgbImage, shortestSide: number): RgbImage {
  const shorter = Math.min(image.width, image.height);
  const factor = Math.min(Math.floor(shorter / shortestSide), largestFactor);
  return factor < 2 ? image : reduceByFactor(image, factor);
}

/** @param factor 1..256 */
export function reduceByFactor({ data, width, height }: RgbImage, factor: number): RgbImage {
  const reduced = { width: Math.floor(width / factor), height: Math.floor(height / factor) };
  const bytesAtOnce = 3 * width * factor;
  const rowBytes = 3 * reduced.width;
  return useKernels((kernels) => {
    const rows = kernels.allocate(bytesAtOnce + 16);
    const output = kernels.allocate(rowBytes * reduced.height + 1);
    for (let y = 0; y < reduced.height; y++) {
      kernels.write(data.subarray(y * bytesAtOnce, (y + 1) * bytesAtOnce), rows);
      kernels.reduce_rows(rows, width, factor, output + y * rowBytes);
    }
    return { ...reduced, data: kernels.get(output, rowBytes * reduced.height) };
  });
}
