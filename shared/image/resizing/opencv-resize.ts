import type { RgbImage } from "../rgb-image.ts";
import { type Rounding, resample, type Taps } from "./resample.ts";
import { packTaps, rememberTaps, type TapEntry } from "./taps.ts";

export type Interpolation = "bicubic" | "bilinear" | "area";

const rounding: Rounding = { halves: "even", betweenPasses: false };
/** Weights are computed in single precision, step by step as in OpenCV, because that decides some last bits. */
const single = Math.fround;

/**
 * `cv2.resize` on 8-bit RGB: INTER_CUBIC, INTER_LINEAR and INTER_AREA. Cubic and linear do not smooth when they shrink;
 * area becomes a variant of linear when it enlarges either side. OpenCV blends two pixels with weights of 11 bits, and
 * this with 24: a value may differ by 1. Source: OpenCV, modules/imgproc/src/resize.cpp.
 */
export function resizeLikeOpencv(
  image: RgbImage,
  width: number,
  height: number,
  interpolation: Interpolation,
): RgbImage {
  if (image.width === width && image.height === height) return image;
  const tapsOf =
    tapsByInterpolation[
      interpolation === "area" && enlarges(image, width, height) ? "area-enlarging" : interpolation
    ];
  return resample(image, tapsOf(image.width, width), tapsOf(image.height, height), rounding);
}

const enlarges = (image: RgbImage, width: number, height: number): boolean =>
  width > image.width || height > image.height;

const tapsByInterpolation: Record<
  Interpolation | "area-enlarging",
  (inputSize: number, outputSize: number) => Taps
> = {
  bicubic: rememberTaps(cubicTaps),
  bilinear: rememberTaps(linearTaps),
  area: rememberTaps(areaTaps),
  "area-enlarging": rememberTaps(areaEnlargingTaps),
};

/** Bicubic convolution with a = -0.75 over four neighbours (Keys 1981). */
function cubicTaps(inputSize: number, outputSize: number): Taps {
  const a = -0.75;
  const near = (x: number) => single(single(single(single((a + 2) * x) - (a + 3)) * x) * x) + 1;
  const far = (x: number) => single(single(single(single(a * x) - 5 * a) * x) + 8 * a) * x - 4 * a;
  return interpolatingTaps(inputSize, outputSize, -1, (t) => {
    const weights = [single(far(single(t + 1))), single(near(t)), single(near(single(1 - t)))];
    return [...weights, weights.reduce((rest, weight) => single(rest - weight), 1)];
  });
}

function linearTaps(inputSize: number, outputSize: number): Taps {
  return interpolatingTaps(inputSize, outputSize, 0, (t) => [single(1 - t), t]);
}

/**
 * @param offset of the first tap from the input position left of the sampled point
 * @param weightsAt weights for a point that lies t, 0..1, right of that position
 */
function interpolatingTaps(
  inputSize: number,
  outputSize: number,
  offset: number,
  weightsAt: (t: number) => number[],
): Taps {
  const scale = inputSize / outputSize;
  const entries = Array.from({ length: outputSize }, (_, i): TapEntry => {
    const position = single((i + 0.5) * scale - 0.5);
    const left = Math.floor(position);
    return { start: left + offset, weights: weightsAt(single(position - left)) };
  });
  return packTaps(entries, inputSize);
}

/** Keeps the input's pixels flat and blends only where an output pixel lies over two of them. */
function areaEnlargingTaps(inputSize: number, outputSize: number): Taps {
  const scale = inputSize / outputSize;
  const entries = Array.from({ length: outputSize }, (_, i): TapEntry => {
    const left = Math.floor(i * scale);
    const beyond = single(i + 1 - (left + 1) / scale);
    const t = beyond <= 0 ? 0 : single(beyond - Math.floor(beyond));
    return { start: left, weights: [single(1 - t), t] };
  });
  return packTaps(entries, inputSize);
}

/**
 * Each output pixel is the mean of the input it covers. Pixels covered in part count in part, unless that part is less
 * than a thousandth.
 */
function areaTaps(inputSize: number, outputSize: number): Taps {
  const scale = inputSize / outputSize;
  const entries = Array.from({ length: outputSize }, (_, i): TapEntry => {
    const from = i * scale;
    const to = Math.min(from + scale, inputSize);
    const whole = Math.ceil(from - 1e-3);
    const start = whole - from > 1e-3 ? whole - 1 : whole;
    const end = Math.ceil(to - 1e-3);
    const weights = Array.from({ length: end - start }, (_, k) => {
      const covered = Math.min(to, start + k + 1) - Math.max(from, start + k);
      return single(covered / (to - from));
    });
    return { start, weights };
  });
  return packTaps(entries, inputSize);
}
