import type { RgbImage } from "./rgb-image.ts";

/**
 * How one axis is resampled: output position i is the sum of `weights[4 * groups * i + k] * input[starts[i] +
 * k]` over k < 4 * groups. Positions beyond the input have weight 0 and count as 0.
 */
export interface Taps {
  /** Weights of one output position, in groups of four. */
  groups: number;
  starts: Int32Array;
  weights: Float32Array;
}

/** How sums become bytes, in the library that is to be equalled to the last bit. */
export interface Rounding {
  /** Where a half goes: to the even integer, or up. */
  halves: "even" | "up";
  /** Whether the values between the two passes are rounded to bytes too. */
  betweenPasses: boolean;
}

/** Resamples columns, then rows, in single precision. */
export function resample(image: RgbImage, columns: Taps, rows: Taps, rounding: Rounding): RgbImage {
  const width = columns.starts.length;
  const height = rows.starts.length;
  const between = resampleColumns(image, columns, rows.groups * 4);
  if (rounding.betweenPasses) between.set(roundToBytes(between, rounding.halves));
  return { data: roundToBytes(resampleRows(between, width * 3, rows), rounding.halves), width, height };
}

// Math.fround around each operation lets the engine compute in single precision without conversions.
const single = Math.fround;

/** Adds four weighted inputs, `step` apart, to a sum. */
function addFourTaps(
  sum: number,
  weights: Float32Array,
  k: number,
  input: Float32Array,
  from: number,
  step: number,
): number {
  let total = single(sum + single((weights[k] as number) * (input[from] as number)));
  total = single(total + single((weights[k + 1] as number) * (input[from + step] as number)));
  total = single(total + single((weights[k + 2] as number) * (input[from + 2 * step] as number)));
  return single(total + single((weights[k + 3] as number) * (input[from + 3 * step] as number)));
}

/** @param extraRows rows of zeros to append, for taps that reach beyond the last row */
function resampleColumns({ data, width, height }: RgbImage, columns: Taps, extraRows: number): Float32Array {
  const { groups, starts, weights } = columns;
  const stride = width * 3;
  const row = new Float32Array(stride + groups * 12);
  const output = new Float32Array((height + extraRows) * starts.length * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    row.set(data.subarray(y * stride, (y + 1) * stride));
    for (let x = 0; x < starts.length; x++) {
      const k = x * groups * 4;
      const first = (starts[x] as number) * 3;
      for (let from = first; from < first + 3; from++) {
        let sum = addFourTaps(0, weights, k, row, from, 3);
        for (let group = 1; group < groups; group++) {
          sum = addFourTaps(sum, weights, k + 4 * group, row, from + 12 * group, 3);
        }
        output[to++] = sum;
      }
    }
  }
  return output;
}

function resampleRows(input: Float32Array, stride: number, rows: Taps): Float32Array {
  const { groups, starts, weights } = rows;
  const output = new Float32Array(starts.length * stride);
  let to = 0;
  for (let y = 0; y < starts.length; y++) {
    const k = y * groups * 4;
    const first = (starts[y] as number) * stride;
    for (let from = first; from < first + stride; from++) {
      let sum = addFourTaps(0, weights, k, input, from, stride);
      for (let group = 1; group < groups; group++) {
        sum = addFourTaps(sum, weights, k + 4 * group, input, from + 4 * group * stride, stride);
      }
      output[to++] = sum;
    }
  }
  return output;
}

/** Clips to 0..255. A Uint8ClampedArray sends halves to the even integer. */
function roundToBytes(values: Float32Array, halves: Rounding["halves"]): Uint8Array {
  const bytes = new Uint8ClampedArray(values.length);
  if (halves === "even") {
    for (let i = 0; i < values.length; i++) bytes[i] = values[i] as number;
  } else {
    for (let i = 0; i < values.length; i++) bytes[i] = Math.floor((values[i] as number) + 0.5);
  }
  return new Uint8Array(bytes.buffer);
}
