import type { RgbImage } from "../../../shared/image/rgb-image.ts";

/** Pixels that the blur reaches to each side: nine in a row. */
const reach = 4;
const blurLength = 2 * reach + 1;
/** With this much more blue than red, which exceeds a neutral pixel's noise, a pixel shows a halo of stray light. */
const haloMargin = 16;
/** Pixels at the border of a region that say nothing about its texture. */
const border = 4;

/**
 * Differences before the blur, and what it takes away of them, in ninths of a grey level, so that every number is
 * whole.
 */
interface Differences {
  all: number;
  takenAway: number;
}

/** Differences of green between neighbours, across and down. */
export function countDifferences(image: RgbImage, darkUpTo: number): Differences[] {
  const { width, height } = image;
  const channel = (of: number) => image.data.filter((_, i) => i % 3 === of);
  const [red, green, blue] = [channel(0), channel(1), channel(2)];
  const isRetina = (at: number) =>
    (green[at] as number) > darkUpTo && (blue[at] as number) - (red[at] as number) < haloMargin;
  return [
    countAlong(green, isRetina, { lines: height, lineStep: width, length: width, step: 1 }),
    countAlong(green, isRetina, { lines: width, lineStep: 1, length: height, step: width }),
  ];
}

interface Direction {
  lines: number;
  lineStep: number;
  length: number;
  step: number;
}

function countAlong(
  data: Uint8Array,
  isRetina: (at: number) => boolean,
  { lines, lineStep, length, step }: Direction,
): Differences {
  const ahead = reach * step;
  const found = { all: 0, takenAway: 0 };
  for (let line = 0; line < lines; line++) {
    for (let i = reach + 1; i < length - reach; i++) {
      const at = line * lineStep + i * step;
      // Both ends of the blur must be inside, or the border's edge would count.
      if (!isRetina(at - ahead) || !isRetina(at + ahead)) continue;
      const ninths = blurLength * Math.abs((data[at] as number) - (data[at - step] as number));
      // The window moves on by one pixel: its sum loses its first pixel and gains its new last one.
      const change = (data[at + ahead] as number) - (data[at - ahead - step] as number);
      found.all += ninths;
      found.takenAway += Math.max(0, ninths - Math.abs(change));
    }
  }
  return found;
}

interface Region {
  grey: Uint8Array;
  mask: Uint8Array;
  width: number;
  height: number;
}

/**
 * Sums of Sobel gradients (across and down together) and of brightness over the pixels well inside a region, and the
 * number of these pixels.
 */
export function sumTexture({ grey, mask, width: w, height }: Region) {
  const g = (at: number) => grey[at] as number;
  const found = { gradients: 0, brightness: 0, pixels: 0 };
  for (let y = border; y < height - border; y++) {
    for (let x = border; x < w - border; x++) {
      const at = y * w + x;
      if (!isInside(mask, at, w)) continue;
      const across =
        g(at - w + 1) + 2 * g(at + 1) + g(at + w + 1) - g(at - w - 1) - 2 * g(at - 1) - g(at + w - 1);
      const down =
        g(at + w - 1) + 2 * g(at + w) + g(at + w + 1) - g(at - w - 1) - 2 * g(at - w) - g(at - w + 1);
      found.gradients += Math.abs(across) + Math.abs(down);
      found.brightness += g(at);
      found.pixels++;
    }
  }
  return found;
}

/** Whether the border of the mask is farther than `border`, looked at in eight directions. */
function isInside(mask: Uint8Array, at: number, width: number): boolean {
  return [-border, 0, border].every((down) =>
    [-border, 0, border].every((right) => mask[at + down * width + right] === 1),
  );
}
