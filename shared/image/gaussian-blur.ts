/** One value a pixel, row by row. */
export interface Plane {
  data: Float32Array;
  width: number;
  height: number;
}

/**
 * `cv2.GaussianBlur(plane, (0, 0), sigma)` on float32: the kernel reaches about four sigma to each side, the
 * border is mirrored without repeating its edge pixel (BORDER_REFLECT_101). Source: OpenCV,
 * modules/imgproc/src/smooth.dispatch.cpp.
 *
 * @param sigma standard deviation in pixels, above 0
 */
export function blurGaussian(plane: Plane, sigma: number): Plane {
  const kernel = gaussianKernel(sigma);
  return blurColumns(blurRows(plane, kernel), kernel);
}

/** Weights of an odd kernel, summing to 1. */
function gaussianKernel(sigma: number): Float32Array {
  const size = Math.round(sigma * 8 + 1) | 1;
  const middle = (size - 1) / 2;
  const weights = Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - middle) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return new Float32Array(weights.map((weight) => weight / sum));
}

/**
 * Blurs from left to right, each row on its own. The kernel is symmetric: positions at one distance are added
 * before weighting.
 */
function blurRows({ data, width, height }: Plane, kernel: Float32Array): Plane {
  const reach = (kernel.length - 1) / 2;
  const output = new Float32Array(data.length);
  const padded = new Float32Array(width + 2 * reach);
  for (let row = 0; row < data.length; row += width) {
    for (let i = 0; i < padded.length; i++) padded[i] = data[row + mirror(i - reach, width)] as number;
    for (let x = 0; x < width; x++) {
      const middle = x + reach;
      let sum = (kernel[reach] as number) * (padded[middle] as number);
      for (let distance = 1; distance <= reach; distance++) {
        const both = (padded[middle - distance] as number) + (padded[middle + distance] as number);
        sum += (kernel[reach + distance] as number) * both;
      }
      output[row + x] = sum;
    }
  }
  return { data: output, width, height };
}

/** Blurs from top to bottom: each output row is a weighted sum of whole rows. */
function blurColumns({ data, width, height }: Plane, kernel: Float32Array): Plane {
  const reach = (kernel.length - 1) / 2;
  const output = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = output.subarray(y * width, (y + 1) * width);
    for (let distance = 0; distance <= reach; distance++) {
      const weight = (kernel[reach + distance] as number) / (distance === 0 ? 2 : 1);
      const above = mirror(y - distance, height) * width;
      const below = mirror(y + distance, height) * width;
      for (let x = 0; x < width; x++) {
        row[x] = (row[x] as number) + weight * ((data[above + x] as number) + (data[below + x] as number));
      }
    }
  }
  return { data: output, width, height };
}

/** Position mirrored into 0..length-1: -1 becomes 1, length becomes length - 2. */
function mirror(position: number, length: number): number {
  if (position >= 0 && position < length) return position;
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = ((position % period) + period) % period;
  return within < length ? within : period - within;
}
