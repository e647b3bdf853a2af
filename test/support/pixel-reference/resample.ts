import type { Rounding, Taps } from "../../../shared/image/resizing/resample.ts";
import type { RgbImage } from "../../../shared/image/rgb-image.ts";

/**
 * Resamples columns, then rows, in single precision. Between the two passes only the rows of one window are kept, in a
 * ring (row y in slot y % window): they stay in the processor's cache, where a whole picture would not.
 */
export function resample(image: RgbImage, columns: Taps, rows: Taps, rounding: Rounding): RgbImage {
  const input = widen(image, columns.groups * 4);
  const width = columns.starts.length;
  const height = rows.starts.length;
  const stride = width * 3;
  const window = rows.groups * 4;
  const ring = Array.from({ length: window }, () => new Float32Array(stride));
  const sums = new Float32Array(stride);
  const bytes = new Uint8ClampedArray(stride);
  const output = new Uint8Array(stride * height);

  let next = 0;
  for (let y = 0; y < height; y++) {
    const start = rows.starts[y] as number;
    for (next = Math.max(next, start); next < Math.min(start + window, input.height); next++) {
      const row = ring[next % window] as Float32Array;
      resampleRow(input, next, columns, row);
      if (rounding.betweenPasses) row.set(roundToBytes(row, rounding.halves, bytes));
    }
    sums.fill(0);
    for (let group = 0; group < rows.groups; group++) {
      addFourRows(ring, start + group * 4, rows.weights, 4 * (group * height + y), sums);
    }
    output.set(roundToBytes(sums, rounding.halves, bytes), y * stride);
  }
  return { data: output, width, height };
}

/** The picture with black at its right where it is narrower than a window, which may then reach beyond it. */
function widen(image: RgbImage, minimumWidth: number): RgbImage {
  const { data, width, height } = image;
  if (width >= minimumWidth) return image;
  const wide = new Uint8Array(minimumWidth * height * 3);
  for (let y = 0; y < height; y++) {
    wide.set(data.subarray(y * width * 3, (y + 1) * width * 3), y * minimumWidth * 3);
  }
  return { data: wide, width: minimumWidth, height };
}

const single = Math.fround;

function resampleRow({ data, width }: RgbImage, y: number, columns: Taps, output: Float32Array): void {
  output.fill(0);
  for (let group = 0; group < columns.groups; group++) {
    addFourColumns(data, (y * width + group * 4) * 3, columns, 4 * group * columns.starts.length, output);
  }
}

/** Adds four input pixels to each output pixel: those from `starts[x]` pixels after `from` on. */
function addFourColumns(
  data: Uint8Array,
  from: number,
  { starts, weights }: Taps,
  k: number,
  sums: Float32Array,
): void {
  let to = 0;
  for (let x = 0; x < starts.length; x++, k += 4) {
    const weight0 = weights[k] as number;
    const weight1 = weights[k + 1] as number;
    const weight2 = weights[k + 2] as number;
    const weight3 = weights[k + 3] as number;
    const first = from + (starts[x] as number) * 3;
    for (let at = first; at < first + 3; at++, to++) {
      let sum = single((sums[to] as number) + single(weight0 * (data[at] as number)));
      sum = single(sum + single(weight1 * (data[at + 3] as number)));
      sum = single(sum + single(weight2 * (data[at + 6] as number)));
      sums[to] = single(sum + single(weight3 * (data[at + 9] as number)));
    }
  }
}

/** Adds the four rows from `start` on, each multiplied by its weight. */
function addFourRows(
  ring: readonly Float32Array[],
  start: number,
  weights: Float32Array,
  k: number,
  sums: Float32Array,
): void {
  const row0 = ring[start % ring.length] as Float32Array;
  const row1 = ring[(start + 1) % ring.length] as Float32Array;
  const row2 = ring[(start + 2) % ring.length] as Float32Array;
  const row3 = ring[(start + 3) % ring.length] as Float32Array;
  const weight0 = weights[k] as number;
  const weight1 = weights[k + 1] as number;
  const weight2 = weights[k + 2] as number;
  const weight3 = weights[k + 3] as number;
  for (let i = 0; i < sums.length; i++) {
    let sum = single((sums[i] as number) + single(weight0 * (row0[i] as number)));
    sum = single(sum + single(weight1 * (row1[i] as number)));
    sum = single(sum + single(weight2 * (row2[i] as number)));
    sums[i] = single(sum + single(weight3 * (row3[i] as number)));
  }
}

/** A Uint8ClampedArray clips to 0..255 and sends halves to the even integer. */
function roundToBytes(
  values: Float32Array,
  halves: Rounding["halves"],
  bytes: Uint8ClampedArray,
): Uint8ClampedArray {
  if (halves === "even") {
    for (let i = 0; i < values.length; i++) bytes[i] = values[i] as number;
  } else {
    for (let i = 0; i < values.length; i++) bytes[i] = Math.floor((values[i] as number) + 0.5);
  }
  return bytes;
}
