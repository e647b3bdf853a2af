import { describe, expect, test } from "vitest";
import { computeWindowOutput, computeWindowPadding } from "../../graph/window.ts";

const plain = { strides: [1, 1], dilation: [1, 1] } as const;

describe("a window's output", () => {
  // Sizes that TensorFlow gives (tf.nn.convolution's notes on padding).
  test.each([
    { image: [5, 6], size: [3, 3], strides: [2, 2], padding: "same", expected: [3, 3] },
    { image: [5, 6], size: [3, 3], strides: [2, 2], padding: "valid", expected: [2, 2] },
    { image: [7, 7], size: [2, 3], strides: [1, 2], padding: "valid", expected: [6, 3] },
    {
      image: [4, 4],
      size: [3, 3],
      strides: [1, 1],
      padding: { top: 1, bottom: 2, left: 0, right: 1 },
      expected: [5, 3],
    },
  ] as const)("of $image with $size by $strides, $padding", ({ image, size, strides, padding, expected }) => {
    expect(computeWindowOutput(image, { size, strides, padding, dilation: [1, 1] })).toEqual(expected);
  });

  test("counts the reach of a dilated kernel", () => {
    const window = { size: [3, 3], strides: [1, 1], dilation: [2, 3], padding: "valid" } as const;
    expect(computeWindowOutput([10, 10], window)).toEqual([6, 4]);
  });
});

describe("a window's border", () => {
  test("of `same` has the larger half below and right", () => {
    const window = { size: [3, 4], strides: [2, 1], dilation: [1, 1], padding: "same" } as const;
    expect(computeWindowPadding([6, 6], window)).toEqual({ top: 0, bottom: 1, left: 1, right: 2 });
  });

  test("of `valid` is none", () => {
    const none = { top: 0, bottom: 0, left: 0, right: 0 };
    expect(computeWindowPadding([6, 6], { ...plain, size: [3, 3], padding: "valid" })).toEqual(none);
  });

  test("is never negative when steps are longer than the kernel", () => {
    const window = { size: [1, 1], strides: [3, 3], dilation: [1, 1], padding: "same" } as const;
    expect(computeWindowPadding([6, 6], window)).toEqual({ top: 0, bottom: 0, left: 0, right: 0 });
  });
});
