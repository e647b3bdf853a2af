import type { RgbImage } from "../rgb-image.ts";

/**
 * Blackens everything outside the circle around the middle of a square picture, in place.
 *
 * @param radius as a fraction of the side, 0..1; pixel centres at exactly that distance stay
 */
export function maskOutsideCircle({ data, width: side }: RgbImage, radius: number): void {
  const middle = (side - 1) / 2;
  const squaredRadius = (radius * side) ** 2;
  for (let y = 0; y < side; y++) {
    let left = 0;
    while (left < side / 2 && (left - middle) ** 2 + (y - middle) ** 2 > squaredRadius) left++;
    const row = y * side * 3;
    data.fill(0, row, row + left * 3);
    data.fill(0, row + (side - left) * 3, row + side * 3);
  }
}
