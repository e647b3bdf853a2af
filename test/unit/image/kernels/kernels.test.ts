import { expect, test } from "vitest";
import { computeKernelsDigest } from "../../../../scripts/generate-kernels/build-kernels.ts";
import { builtFrom } from "../../../../shared/image/kernels/built-kernels.ts";
import { countDifferences } from "../../../../shared/image/measures/measure-sharpness.ts";
import { sumTexture } from "../../../../shared/image/measures/measure-texture.ts";
import { reduceByFactor } from "../../../../shared/image/measures/reduce-image.ts";
import { type Rounding, resample } from "../../../../shared/image/resizing/resample.ts";
import { packTaps } from "../../../../shared/image/resizing/taps.ts";
import { findRetinaDisc, segmentRetinaDisc } from "../../../../shared/image/retina-disc.ts";
import type { RgbImage } from "../../../../shared/image/rgb-image.ts";
import {
  countDifferences as referenceDifferences,
  sumTexture as referenceTexture,
} from "../../../support/pixel-reference/differences.ts";
import { reduceByFactor as referenceReduce } from "../../../support/pixel-reference/reduce.ts";
import { resample as referenceResample } from "../../../support/pixel-reference/resample.ts";
import {
  findRetinaDisc as referenceDisc,
  segmentRetinaDisc as referenceSegment,
} from "../../../support/pixel-reference/retina-disc.ts";
import { createRandom } from "../../../support/random.ts";

const random = createRandom(17);
const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));

const shapes = [
  ...[1, 2, 3, 4, 5, 7, 9, 15, 16, 17, 31, 33, 48].flatMap((side) => [
    [side, 1],
    [1, side],
    [side, side],
    [side, between(1, 60)],
  ]),
  ...[
    [97, 211],
    [211, 97],
    [256, 256],
    [301, 257],
    [640, 480],
  ],
] as [width: number, height: number][];

const paint = (
  width: number,
  height: number,
  value: (x: number, y: number, channel: number) => number,
): RgbImage => ({
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return value(pixel % width, Math.floor(pixel / width), i % 3);
  }),
  width,
  height,
});

const noise = (width: number, height: number) => paint(width, height, () => between(0, 255));

/** A disc somewhere, with a notch, on a background that is nearly as bright as the disc's rim; paper at one side. */
function fundus(width: number, height: number): RgbImage {
  const [x0, y0] = [random() * width, random() * height];
  const radius = (0.2 + 0.5 * random()) * Math.min(width, height);
  const [background, paper] = [between(0, 20), between(0, width)];
  return paint(width, height, (x, y, channel) => {
    if (x > paper) return between(240, 255);
    const distance = Math.hypot(x - x0, y - y0) / radius;
    return distance < 1 ? between(12, 40) + 60 * (3 - channel) * (1 - distance) : background + between(0, 3);
  });
}

test.each(shapes)("finds the disc that the reference finds, in pictures of %i x %i", (width, height) => {
  const repeats = width * height > 20_000 ? 2 : 6;
  for (let i = 0; i < repeats; i++) {
    for (const picture of [
      fundus(width, height),
      noise(width, height),
      paint(width, height, () => between(9, 11)),
    ]) {
      expect(findRetinaDisc(picture)).toEqual(referenceDisc(picture));
      expect(segmentRetinaDisc(picture)).toEqual(referenceSegment(picture));
    }
  }
});

/**
 * Windows of up to 13 positions, some of them outside the input, with weights that often make a sum fall exactly on a
 * half.
 */
function randomTaps(inputSize: number, outputSize: number) {
  const length = between(1, 13);
  const entries = Array.from({ length: outputSize }, (_, i) => ({
    start: Math.floor(((i + 0.5) * inputSize) / outputSize - length / 2),
    weights: Array.from({ length }, () => between(-3, 9) / (random() < 0.7 ? 2 * length : 7)),
  }));
  return packTaps(entries, inputSize);
}

const roundings: Rounding[] = (["even", "up"] as const).flatMap((halves) =>
  [false, true].map((betweenPasses) => ({ halves, betweenPasses })),
);

test.each(shapes)("resamples pictures of %i x %i as the reference does, to the last bit", (width, height) => {
  for (const rounding of roundings) {
    for (const picture of [
      noise(width, height),
      paint(width, height, (x) => (x % 2 ? 255 : between(0, 1))),
    ]) {
      const columns = randomTaps(width, between(1, 70));
      const rows = randomTaps(height, between(1, 70));
      const expected = referenceResample(picture, columns, rows, rounding);
      const { data, ...size } = resample(picture, columns, rows, rounding);
      expect(size).toEqual({ width: expected.width, height: expected.height });
      expect(Buffer.compare(data, expected.data)).toBe(0);
    }
  }
});

test.each(shapes)("reduces pictures of %i x %i as the reference does, to the last bit", (width, height) => {
  for (const factor of [1, 2, 3, 5, 13].filter((factor) => factor <= Math.min(width, height))) {
    // Means that fall exactly on a half, too.
    for (const picture of [noise(width, height), paint(width, height, () => between(0, 1))]) {
      const { data, ...size } = referenceReduce(picture, factor);
      const reduced = reduceByFactor(picture, factor);
      expect(reduced).toMatchObject(size);
      expect(Buffer.compare(reduced.data, data)).toBe(0);
    }
  }
});

test("reduces by the largest factor without an overflow", () => {
  const picture = paint(520, 257, (x) => (x < 256 ? 255 : between(254, 255)));
  expect(reduceByFactor(picture, 256)).toEqual(referenceReduce(picture, 256));
});

test.each(shapes)("sees the differences that the reference sees, in pictures of %i x %i", (width, height) => {
  for (const picture of [
    noise(width, height),
    fundus(width, height),
    paint(width, height, () => 255 * between(0, 1)),
  ])
    for (const darkUpTo of [0, 8, 127, 255])
      expect(countDifferences(picture, darkUpTo)).toEqual(referenceDifferences(picture, darkUpTo));
});

test.each(shapes)("sums the texture that the reference sums, in pictures of %i x %i", (width, height) => {
  const bytes = (value: () => number) => Uint8Array.from({ length: width * height }, value);
  for (const share of [1, 0.99, 0.5]) {
    const mask = bytes(() => (random() < share ? 1 : 0));
    for (const grey of [bytes(() => between(0, 255)), bytes(() => 255 * between(0, 1))])
      expect(sumTexture({ grey, mask, width, height })).toEqual(
        referenceTexture({ grey, mask, width, height }),
      );
  }
});

test("a photograph that needs much memory changes nothing for the next", () => {
  const small = fundus(97, 101);
  const box = findRetinaDisc(small);
  expect(findRetinaDisc({ data: new Uint8Array(3 * 4000 * 3000), width: 4000, height: 3000 })).toEqual({
    left: 0,
    top: 0,
    right: 4000,
    bottom: 3000,
  });
  expect(findRetinaDisc(small)).toEqual(box);
});

test("what is committed was built from these sources, by this compiler", async () => {
  expect(builtFrom, "run npm run generate:kernels").toBe(await computeKernelsDigest());
});
