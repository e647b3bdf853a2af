import { useKernels } from "../kernels/kernels.ts";
import type { RgbImage } from "../rgb-image.ts";

/**
 * How sharp a picture is, 0..1: 1 minus the no-reference blur metric of Crete et al. 2007 ("The Blur Effect: Perception
 * and Estimation with a New No-Reference Perceptual Blur Metric"), but for the sharper of the two directions, where
 * they take the more blurred one. The picture is blurred by a mean of nine pixels, which takes away most of the
 * differences between neighbours in a sharp picture, and few in a blurred one. Here the differences are those of green,
 * the channel in which a retina's vessels stand out, summed over pixels that show the retina. They are neither dark,
 * like the black border of a fundus photograph, nor blue, like a halo of stray light, which is smooth however sharp the
 * retina is (kernels/differences.c).
 *
 * @param image up to 1.8 million pixels
 * @param darkUpTo green up to this value, 0..255, shows nothing; a picture that is dark all over has a sharpness of 0
 */
export function measureSharpness(image: RgbImage, darkUpTo: number): number {
  const shares = countDifferences(image, darkUpTo).map(({ all, takenAway }) =>
    all === 0 ? 0 : takenAway / all,
  );
  return Math.max(...shares);
}

/**
 * Differences between neighbours, across and down: all of them, and what the blur takes away, in ninths of a grey
 * level.
 */
export function countDifferences({ data, width, height }: RgbImage, darkUpTo: number) {
  return useKernels((kernels) => {
    const pixels = kernels.put(data, 48);
    const [across, down] = [kernels.allocate(8), kernels.allocate(8)];
    kernels.count_differences(pixels, width, height, darkUpTo, across, down);
    return [across, down].map((address) => {
      const [all = 0, takenAway = 0] = new Uint32Array(kernels.get(address, 8).buffer);
      return { all, takenAway };
    });
  });
}
