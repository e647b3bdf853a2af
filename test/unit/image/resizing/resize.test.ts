import { describe, expect, test } from "vitest";
import { type Interpolation, resizeLikeOpencv } from "../../../../shared/image/resizing/opencv-resize.ts";
import { resizeLikePillow } from "../../../../shared/image/resizing/pillow-resize.ts";
import { compareImages, decodeFile, readReference, references } from "../../../support/image-references.ts";

const noise = await decodeFile(readReference("noise.png"));
const interpolations: Interpolation[] = ["bicubic", "bilinear", "area"];
const cases = Object.entries(references.sizes).flatMap(([name, [width, height]]) =>
  interpolations.map((interpolation) => ({ name, width, height, interpolation })),
);

/** Share of values that may be off by one, from what is known about the arithmetic; none may be off by more. */
const tolerance = {
  // Pillow's weights have 22 bits and ours 24, so a sum that falls exactly on a half may go the other way.
  pillow: { bicubic: 0.0002, bilinear: 0.03, area: 0 },
  // OpenCV blends two pixels with weights of 11 bits.
  opencv: { bicubic: 0.0003, bilinear: 0.15, area: 0.15 },
};

describe.each([
  { library: "pillow" as const, resize: resizeLikePillow },
  { library: "opencv" as const, resize: resizeLikeOpencv },
])("resize like $library", ({ library, resize }) => {
  test.each(cases)("$name, $interpolation", async ({ name, width, height, interpolation }) => {
    const expected = await decodeFile(readReference(`noise.${name}.${library}-${interpolation}.png`));
    const { largest, share } = compareImages(resize(noise, width, height, interpolation), expected);
    expect(largest).toBeLessThanOrEqual(1);
    expect(share).toBeLessThanOrEqual(tolerance[library][interpolation]);
  });

  test("area that only reduces is equal to the last bit", async () => {
    const [width, height] = references.sizes.smaller as [number, number];
    const expected = await decodeFile(readReference(`noise.smaller.${library}-area.png`));
    expect(compareImages(resize(noise, width, height, "area"), expected).largest).toBe(0);
  });

  test.each(interpolations)(
    "keeps a flat picture flat where it is smaller than the filter: %s",
    (interpolation) => {
      for (const [width, height] of [
        [1, 1],
        [2, 9],
        [9, 2],
      ] as const) {
        const flat = { data: new Uint8Array(width * height * 3).fill(120), width, height };
        expect(new Set(resize(flat, 7, 5, interpolation).data)).toEqual(new Set([120]));
      }
    },
  );

  test("returns a picture that has the size already", () => {
    expect(resize(noise, noise.width, noise.height, "bicubic")).toBe(noise);
  });
});
