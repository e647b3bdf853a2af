/** One byte per pixel, row by row. */
export interface Plane {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Standard deviation in pixels. */
const sigma = 1.2;
/** Pixels that the kernel reaches to each side, about four sigma. */
const reach = 5;
const kernel = halfKernel();
const single = Math.fround;

/**
 * `cv2.GaussianBlur(plane, (0, 0), 1.2)` on float32: the border is mirrored without repeating its edge pixel
 * (BORDER_REFLECT_101), in single precision. Source: OpenCV, modules/imgproc/src/smooth.dispatch.cpp. OpenCV blurs
 * across first and this blurs down first, so a value may differ in its last bits.
 */
export function blurGaussian(plane: Plane): Float32Array {
  const { width, height } = plane;
  const padded = mirrorRows(plane);
  const line = new Float32Array(width + 2 * reach);
  const output = new Float32Array(width * height);
  for (let row = 0; row < output.length; row += width) {
    blurDown(padded, row, width, line);
    mirrorEnds(line, width);
    blurAcross(line, output, row, width);
  }
  return output;
}

/**
 * Weights of the middle and of each distance from it, in single precision as in OpenCV; all of them together sum to 1.
 */
function halfKernel(): number[] {
  const weights = Array.from({ length: reach + 1 }, (_, i) => Math.exp(-(i ** 2) / (2 * sigma * sigma)));
  const sum = weights.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => Math.fround(weight / sum));
}

/** The plane with the rows beyond its upper and lower border. */
function mirrorRows({ data, width, height }: Plane): Uint8Array {
  const padded = new Uint8Array(width * (height + 2 * reach));
  padded.set(data, reach * width);
  for (let beyond = 1; beyond <= reach; beyond++) {
    copyRow(data, mirror(-beyond, height), padded, reach - beyond, width);
    copyRow(data, mirror(height - 1 + beyond, height), padded, reach + height - 1 + beyond, width);
  }
  return padded;
}

function copyRow(from: Uint8Array, fromRow: number, to: Uint8Array, toRow: number, width: number): void {
  to.set(from.subarray(fromRow * width, (fromRow + 1) * width), toRow * width);
}

/** Fills the values left and right of the `width` values in the middle of a line. */
function mirrorEnds(line: Float32Array, width: number): void {
  for (let beyond = 1; beyond <= reach; beyond++) {
    line[reach - beyond] = line[reach + mirror(-beyond, width)] as number;
    line[reach + width - 1 + beyond] = line[reach + mirror(width - 1 + beyond, width)] as number;
  }
}

// The kernel is symmetric, so values at one distance are added before they are weighted. Its eleven taps are written
// out, because a loop over them takes half as long again.

/** Weighs eleven rows, the first at `first`, into the middle of a line. */
function blurDown(data: Uint8Array, first: number, width: number, line: Float32Array): void {
  const [weight0, weight1, weight2, weight3, weight4, weight5] = kernel as Six;
  for (let x = 0; x < width; x++) {
    const at = first + x;
    const middle = data[at + 5 * width] as number;
    const next1 = (data[at + 4 * width] as number) + (data[at + 6 * width] as number);
    const next2 = (data[at + 3 * width] as number) + (data[at + 7 * width] as number);
    const next3 = (data[at + 2 * width] as number) + (data[at + 8 * width] as number);
    const next4 = (data[at + width] as number) + (data[at + 9 * width] as number);
    const next5 = (data[at] as number) + (data[at + 10 * width] as number);
    let sum = single(weight0 * middle);
    sum = single(sum + single(weight1 * next1));
    sum = single(sum + single(weight2 * next2));
    sum = single(sum + single(weight3 * next3));
    sum = single(sum + single(weight4 * next4));
    line[reach + x] = single(sum + single(weight5 * next5));
  }
}

/** Weighs eleven neighbours in a line for each of `width` values, which go to `output` from `start` on. */
function blurAcross(line: Float32Array, output: Float32Array, start: number, width: number): void {
  const [weight0, weight1, weight2, weight3, weight4, weight5] = kernel as Six;
  for (let x = 0; x < width; x++) {
    const middle = line[x + 5] as number;
    const next1 = single((line[x + 4] as number) + (line[x + 6] as number));
    const next2 = single((line[x + 3] as number) + (line[x + 7] as number));
    const next3 = single((line[x + 2] as number) + (line[x + 8] as number));
    const next4 = single((line[x + 1] as number) + (line[x + 9] as number));
    const next5 = single((line[x] as number) + (line[x + 10] as number));
    let sum = single(weight0 * middle);
    sum = single(sum + single(weight1 * next1));
    sum = single(sum + single(weight2 * next2));
    sum = single(sum + single(weight3 * next3));
    sum = single(sum + single(weight4 * next4));
    output[start + x] = single(sum + single(weight5 * next5));
  }
}

type Six = [number, number, number, number, number, number];

/** Position mirrored into 0..length-1: -1 becomes 1, length becomes length - 2. */
function mirror(position: number, length: number): number {
  if (position >= 0 && position < length) return position;
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = ((position % period) + period) % period;
  return within < length ? within : period - within;
}
