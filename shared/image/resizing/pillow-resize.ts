import type { RgbImage } from "../rgb-image.ts";
import type { Interpolation } from "./opencv-resize.ts";
import { type Rounding, resample, type Taps } from "./resample.ts";
import { packTaps, rememberTaps, type TapEntry } from "./taps.ts";

interface Filter {
  /** Reach in input pixels when enlarging. */
  support: number;
  weight(x: number): number;
}

/** Source: Pillow, src/libImaging/Resample.c (bicubic with a = -0.5; area is Pillow's BOX). */
const filters: Record<Interpolation, Filter> = {
  bicubic: {
    support: 2,
    weight: (x) => {
      const distance = Math.abs(x);
      if (distance < 1) return (1.5 * distance - 2.5) * distance * distance + 1;
      return distance < 2 ? (((distance - 5) * distance + 8) * distance - 4) * -0.5 : 0;
    },
  },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  area: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
};

/** Pillow keeps 8 bits between the passes and sends halves up. */
const rounding: Rounding = { halves: "up", betweenPasses: true };

/**
 * `Image.resize` on 8-bit RGB: the filter widens with the reduction, so nothing aliases. Columns come first, as in
 * every Pillow before 12.3. Pillow's weights have 22 bits and these have 24, so now and then a value differs by 1.
 */
export function resizeLikePillow(
  image: RgbImage,
  width: number,
  height: number,
  interpolation: Interpolation,
): RgbImage {
  if (image.width === width && image.height === height) return image;
  const tapsOf = tapsByInterpolation[interpolation];
  return resample(image, tapsOf(image.width, width), tapsOf(image.height, height), rounding);
}

const tapsByInterpolation: Record<Interpolation, (inputSize: number, outputSize: number) => Taps> = {
  bicubic: rememberTaps((inputSize, outputSize) => filterTaps(inputSize, outputSize, filters.bicubic)),
  bilinear: rememberTaps((inputSize, outputSize) => filterTaps(inputSize, outputSize, filters.bilinear)),
  area: rememberTaps((inputSize, outputSize) => filterTaps(inputSize, outputSize, filters.area)),
};

function filterTaps(inputSize: number, outputSize: number, filter: Filter): Taps {
  const scale = inputSize / outputSize;
  const widening = Math.max(scale, 1);
  const support = filter.support * widening;
  const entries = Array.from({ length: outputSize }, (_, i): TapEntry => {
    const center = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const end = Math.min(inputSize, Math.trunc(center + support + 0.5));
    const weights = Array.from({ length: end - start }, (_, k) =>
      filter.weight((start + k - center + 0.5) / widening),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { start, weights: weights.map((weight) => weight / sum) };
  });
  return packTaps(entries, inputSize);
}
