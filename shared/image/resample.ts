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

// Math.fround around each operation lets the engine compute in single precision without conversions. Four taps a turn,
// with their weights outside of the inner loop, are a third faster than one.
const single = Math.fround;

/** @param extraRows rows of zeros to append, for taps that reach beyond the last row */
function resampleColumns({ data, width, height }: RgbImage, columns: Taps, extraRows: number): Float32Array {
  const { groups, starts, weights } = columns;
  const stride = width * 3;
  const outputStride = starts.length * 3;
  const row = new Float32Array(stride + groups * 12);
  const output = new Float32Array((height + extraRows) * outputStride);
  for (let y = 0; y < height; y++) {
    row.set(data.subarray(y * stride, (y + 1) * stride));
    for (let group = 0; group < groups; group++) {
      let to = y * outputStride;
      for (let x = 0; x < starts.length; x++) {
        const k = (x * groups + group) * 4;
        const weight0 = weights[k] as number;
        const weight1 = weights[k + 1] as number;
        const weight2 = weights[k + 2] as number;
        const weight3 = weights[k + 3] as number;
        const first = (starts[x] as number) * 3 + group * 12;
        for (let from = first; from < first + 3; from++, to++) {
          let sum = single((output[to] as number) + single(weight0 * (row[from] as number)));
          sum = single(sum + single(weight1 * (row[from + 3] as number)));
          sum = single(sum + single(weight2 * (row[from + 6] as number)));
          output[to] = single(sum + single(weight3 * (row[from + 9] as number)));
        }
      }
    }
  }
  return output;
}

/** @param stride values of one row */
function resampleRows(input: Float32Array, stride: number, rows: Taps): Float32Array {
  const { groups, starts, weights } = rows;
  const output = new Float32Array(starts.length * stride);
  for (let y = 0; y < starts.length; y++) {
    for (let group = 0; group < groups; group++) {
      const k = (y * groups + group) * 4;
      const weight0 = weights[k] as number;
      const weight1 = weights[k + 1] as number;
      const weight2 = weights[k + 2] as number;
      const weight3 = weights[k + 3] as number;
      let from = ((starts[y] as number) + group * 4) * stride;
      for (let to = y * stride; to < (y + 1) * stride; to++, from++) {
        let sum = single((output[to] as number) + single(weight0 * (input[from] as number)));
        sum = single(sum + single(weight1 * (input[from + stride] as number)));
        sum = single(sum + single(weight2 * (input[from + 2 * stride] as number)));
        output[to] = single(sum + single(weight3 * (input[from + 3 * stride] as number)));
      }
    }
  }
  return output;
}

/** A Uint8ClampedArray clips to 0..255 and sends halves to the even integer. */
function roundToBytes(values: Float32Array, halves: Rounding["halves"]): Uint8Array {
  const bytes = new Uint8ClampedArray(values.length);
  if (halves === "even") {
    for (let i = 0; i < values.length; i++) bytes[i] = values[i] as number;
  } else {
    for (let i = 0; i < values.length; i++) bytes[i] = Math.floor((values[i] as number) + 0.5);
  }
  return new Uint8Array(bytes.buffer);
}
