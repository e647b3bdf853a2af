import type { Padding, Pair, WindowPadding } from "./operations.ts";

interface Window {
  size: Pair;
  strides: Pair;
  dilation: Pair;
  padding: WindowPadding;
}

export const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** `[rows, columns]` of the result of a sliding window over an image of `[rows, columns]`. */
export function computeWindowOutput(image: Pair, window: Window): Pair {
  const { top, bottom, left, right } = typeof window.padding === "string" ? noPadding : window.padding;
  return [
    computeLength(image[0] + top + bottom, window, 0),
    computeLength(image[1] + left + right, window, 1),
  ];
}

function computeLength(length: number, window: Window, axis: 0 | 1): number {
  if (window.padding === "same") return Math.ceil(length / window.strides[axis]);
  return Math.floor((length - computeReach(window, axis)) / window.strides[axis]) + 1;
}

/** The border that a window sees. For `same`, the smaller half is above and left, as in TensorFlow. */
export function computeWindowPadding(image: Pair, window: Window): Padding {
  if (window.padding === "valid") return noPadding;
  if (window.padding !== "same") return window.padding;
  const rows = computeSamePadding(image, window, 0);
  const columns = computeSamePadding(image, window, 1);
  return {
    top: Math.floor(rows / 2),
    bottom: Math.ceil(rows / 2),
    left: Math.floor(columns / 2),
    right: Math.ceil(columns / 2),
  };
}

function computeSamePadding(image: Pair, window: Window, axis: 0 | 1): number {
  const steps = Math.ceil(image[axis] / window.strides[axis]);
  return Math.max((steps - 1) * window.strides[axis] + computeReach(window, axis) - image[axis], 0);
}

/** Rows or columns from a window's first to its last. */
function computeReach(window: Window, axis: 0 | 1): number {
  return (window.size[axis] - 1) * window.dilation[axis] + 1;
}
