/** One byte per pixel, row by row. */
interface Plane {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Pixels that the blur reaches to each side: nine in a row, as in the paper. */
const reach = 4;
const blurLength = 2 * reach + 1;

/**
 * How sharp a picture is, 0..1: one less the no-reference blur metric of Crete et al. 2007 ("The Blur Effect: Perception and Estimation
 * with a New No-Reference Perceptual Blur Metric"). The picture is blurred by a mean of nine pixels; in a sharp picture that
 * takes most of the differences between neighbours away, in a blurred one little. Here the differences are summed over
 * pixels that are not dark alone, so that the black border of a fundus photograph says nothing.
 *
 * @param darkUpTo the brightest value, 0..255, that says nothing; a picture that is dark all over has no sharpness, 0
 */
export function measureSharpness({ data, width, height }: Plane, darkUpTo: number): number {
  const rows = { lines: height, lineStep: width, length: width, step: 1 };
  const columns = { lines: width, lineStep: 1, length: height, step: width };
  const across = takenAwayShare(data, darkUpTo, rows);
  const down = takenAwayShare(data, darkUpTo, columns);
  return Math.max(across, down);
}

interface Direction {
  lines: number;
  lineStep: number;
  length: number;
  step: number;
}

/**
 * Share of the differences between neighbours that a blur takes away, along one direction. Counted in ninths of a grey
 * level, so that every number is whole.
 */
function takenAwayShare(data: Uint8Array, darkUpTo: number, direction: Direction): number {
  const { lines, lineStep, length, step } = direction;
  const ahead = reach * step;
  let differences = 0;
  let takenAway = 0;
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    let at = start + ahead;
    const end = start + (length - reach - 1) * step;
    let first = data[start] as number;
    let pixel = data[at] as number;
    while (at < end) {
      at += step;
      const last = data[at + ahead] as number;
      // The window moves on by one pixel: its sum loses what was its first and gains its last.
      const change = last - first;
      const difference = (data[at] as number) - pixel;
      first = data[at - ahead] as number;
      pixel = data[at] as number;
      // Both ends of the blur must lie inside, or the border's edge would count.
      if (first <= darkUpTo || last <= darkUpTo) continue;
      const ninths = blurLength * Math.abs(difference);
      differences += ninths;
      takenAway += Math.max(0, ninths - Math.abs(change));
    }
  }
  return differences === 0 ? 0 : takenAway / differences;
}
