import type { RgbImage } from "../rgb-image.ts";

/** The input position that each output position takes, along one axis. */
type Positions = Int32Array;

/**
 * `Image.resize` with NEAREST, as Keras's `load_img` and `flow_from_directory` resize: each output pixel is the input
 * pixel under its centre. Positions are summed up, not multiplied, as in Pillow, src/libImaging/Geometry.c,
 * ImagingScaleAffine.
 */
export function resizeToNearest(image: RgbImage, width: number, height: number): RgbImage {
  const columns = nearestPositions(image.width, width);
  const rows = nearestPositions(image.height, height);
  const data = new Uint8Array(width * height * 3);
  let to = 0;
  for (const row of rows) {
    for (const column of columns) {
      const from = (row * image.width + column) * 3;
      data[to++] = image.data[from] as number;
      data[to++] = image.data[from + 1] as number;
      data[to++] = image.data[from + 2] as number;
    }
  }
  return { data, width, height };
}

function nearestPositions(inputSize: number, outputSize: number): Positions {
  const scale = inputSize / outputSize;
  const positions = new Int32Array(outputSize);
  let center = scale * 0.5;
  for (let i = 0; i < outputSize; i++, center += scale)
    positions[i] = Math.min(Math.trunc(center), inputSize - 1);
  return positions;
}

/** Where an output position lies between two input positions, and how far from the lower, 0..1. */
interface Between {
  lower: Positions;
  upper: Positions;
  share: Float32Array;
}

const single = Math.fround;

/**
 * `tf.image.resize` with bilinear and without antialiasing, as `image_dataset_from_directory` and Keras's `Resizing`
 * layer resize: two by two neighbours are blended however much the picture shrinks, and the values stay fractions.
 * `cv2.resize` with INTER_LINEAR is the same, rounded. Source: TensorFlow, core/kernels/image/resize_bilinear_op.cc,
 * half pixel centers.
 *
 * @returns `[height, width, 3]`, 0..255
 */
export function resizeUnsmoothed(image: RgbImage, width: number, height: number): Float32Array {
  const columns = between(image.width, width);
  const rows = between(image.height, height);
  const output = new Float32Array(width * height * 3);
  const valueAt = (index: number) => image.data[index] as number;
  let to = 0;
  for (let y = 0; y < height; y++) {
    const top = (rows.lower[y] as number) * image.width;
    const bottom = (rows.upper[y] as number) * image.width;
    const down = rows.share[y] as number;
    for (let x = 0; x < width; x++) {
      const left = columns.lower[x] as number;
      const right = columns.upper[x] as number;
      const across = columns.share[x] as number;
      for (let channel = 0; channel < 3; channel++) {
        const topLeft = (top + left) * 3 + channel;
        const bottomLeft = (bottom + left) * 3 + channel;
        const toRight = (right - left) * 3;
        const above = blend(valueAt(topLeft), valueAt(topLeft + toRight), across);
        const below = blend(valueAt(bottomLeft), valueAt(bottomLeft + toRight), across);
        output[to++] = blend(above, below, down);
      }
    }
  }
  return output;
}

const blend = (from: number, to: number, share: number) => single(from + single(single(to - from) * share));

function between(inputSize: number, outputSize: number): Between {
  const scale = single(inputSize / outputSize);
  const places = {
    lower: new Int32Array(outputSize),
    upper: new Int32Array(outputSize),
    share: new Float32Array(outputSize),
  };
  for (let i = 0; i < outputSize; i++) {
    const position = single(single(single(i + 0.5) * scale) - 0.5);
    const floor = Math.floor(position);
    places.lower[i] = Math.max(floor, 0);
    places.upper[i] = Math.min(Math.ceil(position), inputSize - 1);
    places.share[i] = single(position - floor);
  }
  return places;
}
