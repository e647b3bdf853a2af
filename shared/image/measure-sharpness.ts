/** One byte per pixel, row by row. */
interface Plane {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Pixels that the blur reaches to each side: nine in a row, as in the paper. */
const reach = 4;

/**
 * How sharp a picture is, 0..1: one less the no-reference blur metric of Crete et al. 2007 ("The Blur Effect: Perception and Estimation
 * with a New No-Reference Perceptual Blur Metric"). The picture is blurred by a mean of nine pixels; in a sharp picture that
 * takes most of the differences between neighbours away, in a blurred one little. Here the differences are summed over
 * the set pixels of a mask alone, so that the black border of a fundus photograph says nothing.
 *
 * @param mask 1 where the picture counts, of the plane's size; without a set pixel the picture has no sharpness, 0
 */
export function measureSharpness(plane: Plane, mask: Uint8Array): number {
  const across = takenAwayShare(plane, mask, 1);
  const down = takenAwayShare(plane, mask, plane.width);
  return Math.max(across, down);
}

/** Share of the differences between neighbours that a blur takes away, along one direction. */
function takenAwayShare({ data, width, height }: Plane, mask: Uint8Array, step: number): number {
  const isAcross = step === 1;
  const lines = isAcross ? height : width;
  const length = isAcross ? width : height;
  const lineStep = isAcross ? width : 1;
  let differences = 0;
  let takenAway = 0;
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    let blurredBefore = Number.NaN;
    for (let i = reach; i < length - reach; i++) {
      const at = start + i * step;
      let sum = 0;
      for (let k = -reach; k <= reach; k++) sum += data[at + k * step] as number;
      const blurred = sum / (2 * reach + 1);
      // Both ends of the blur must lie inside, or the border's edge would count.
      if (mask[at - reach * step] === 1 && mask[at + reach * step] === 1 && !Number.isNaN(blurredBefore)) {
        const difference = Math.abs((data[at] as number) - (data[at - step] as number));
        differences += difference;
        takenAway += Math.max(0, difference - Math.abs(blurred - blurredBefore));
      }
      blurredBefore = blurred;
    }
  }
  return differences === 0 ? 0 : takenAway / differences;
}
