import type { RgbImage } from "./rgb-image.ts";

/**
 * Blackens everything outside the circle around the middle of a square picture, in place.
 *
 * @param radius as a fraction of the side, 0..1; pixel centres at exactly that distance stay
 */
export function maskOutsideCircle({ data, width: side }: RgbImage, radius: number): void {
  const middle = (side - 1) / 2;
  const squaredRadius = (radius * side) ** 2;
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) {
      if ((x - middle) ** 2 + (y - middle) ** 2 > squaredRadius) data.fill(0, at, at + 3);
    }
  }
}
