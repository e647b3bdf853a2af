import { useKernels } from "../kernels/kernels.ts";
import type { RgbImage } from "../rgb-image.ts";

/**
 * How one axis is resampled: output position i is the weighted sum of its window, the 4 * groups input positions from
 * `starts[i]` on. Starts never decrease. Weights lie in fours: those of the four input positions from
 * `starts[i] + 4 * group` on begin at index `4 * (group * starts.length + i)`. A window may reach beyond the input,
 * where its weights are 0.
 */
export interface Taps {
  groups: number;
  starts: Int32Array;
  weights: Float32Array;
}

/** How sums become bytes in the library whose results are reproduced. */
export interface Rounding {
  /** Where a half goes: to the even integer, or up. */
  halves: "even" | "up";
  /** Whether the values between the two passes are rounded to bytes too. */
  betweenPasses: boolean;
}

/** Resamples columns, then rows, in single precision (kernels/resample.c). */
export function resample(image: RgbImage, columns: Taps, rows: Taps, rounding: Rounding): RgbImage {
  const width = columns.starts.length;
  const height = rows.starts.length;
  const data = useKernels((kernels) => {
    const pixels = kernels.put(image.data, 12 * columns.groups + 16);
    const columnStarts = kernels.put(columns.starts);
    const columnWeights = kernels.put(columns.weights);
    const rowStarts = kernels.put(rows.starts);
    const rowWeights = kernels.put(rows.weights);
    const output = kernels.allocate(width * height * 3 + 16);
    kernels.resample(
      ...[pixels, image.width, image.height],
      ...[columns.groups, width, columnStarts, columnWeights],
      ...[rows.groups, height, rowStarts, rowWeights],
      ...[rounding.halves === "up" ? 1 : 0, rounding.betweenPasses ? 1 : 0, output],
    );
    return kernels.get(output, width * height * 3);
  });
  return { data, width, height };
}
