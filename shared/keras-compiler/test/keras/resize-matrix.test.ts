import { expect, test } from "vitest";
import { computeResizeMatrix } from "../../keras/resize-matrix.ts";

/** What `tf.image.resize` (TensorFlow 2.21) makes of each of 5 pixels alone, by the first two of 3 new ones. */
test.each([
  ["bilinear", true, [0.571429, 0.428571, 0, 0, 0], [0, 0.222222, 0.555556, 0.222222, 0]],
  ["bicubic", false, [0.724491, 0.309941, -0.034432, 0, 0], [0, 0, 1, 0, 0]],
  [
    "bicubic",
    true,
    [0.584615, 0.446154, 0, -0.030769, 0],
    [-0.037209, 0.246512, 0.581395, 0.246512, -0.037209],
  ],
  [
    "lanczos3",
    true,
    [0.588254, 0.465508, 0, -0.071139, 0.017377],
    [-0.069087, 0.276347, 0.585479, 0.276347, -0.069087],
  ],
] as const)("%s, antialias %s, has TensorFlow's weights", (interpolation, antialias, first, second) => {
  const matrix = computeResizeMatrix([5, 3], interpolation, antialias);
  const weightsOf = (place: number) => Array.from({ length: 5 }, (_, pixel) => matrix[pixel * 3 + place]);
  for (const [place, expected] of [first, second].entries())
    for (const [pixel, weight] of weightsOf(place).entries())
      expect(weight).toBeCloseTo(expected[pixel] ?? Number.NaN, 5);
});

test("a line that becomes longer is not smoothed", () => {
  const [plain, smooth] = [false, true].map((antialias) =>
    computeResizeMatrix([4, 8], "lanczos3", antialias),
  );
  expect(smooth).toEqual(plain);
});
