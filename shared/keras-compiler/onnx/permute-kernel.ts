import type { Convolution } from "../graph/operations.ts";
import { computeElementCount } from "../graph/weight.ts";
import { bytesOf, type LazyBytes } from "../protobuf/message.ts";

/**
 * A convolution's kernel in ONNX's order, `[outputs, inputs / groups, height, width]`, from Keras's `[height, width,
 * inputs / groups, outputs]`, scaled by output channel in the same pass. A depthwise kernel `[height, width, channels,
 * multiplier]` becomes `[channels * multiplier, 1, height, width]`.
 */
export function permuteKernel(convolution: Convolution): { shape: number[]; content: LazyBytes } {
  const { kernel, kernelScale, depthwise } = convolution;
  const [height = 0, width = 0, inputs = 0, outputs = 0] = kernel.shape;
  const shape = depthwise ? [inputs * outputs, 1, height, width] : [outputs, inputs, height, width];
  const columns = depthwise ? inputs * outputs : outputs;
  const content = {
    byteLength: computeElementCount(shape) * Float32Array.BYTES_PER_ELEMENT,
    read: () => bytesOf(transpose(kernel.read(), height * width, shape[1] ?? 1, columns, kernelScale)),
  };
  return { shape, content };
}

/** Columns that are copied together: as many float32 as a cache line of 64 bytes holds. */
const blockColumns = 16;

/** `[places, inputs, columns]` to `[columns, inputs, places]`, each column multiplied by its scale. */
function transpose(
  source: Float32Array,
  places: number,
  inputs: number,
  columns: number,
  scale: Float32Array = new Float32Array(columns).fill(1),
): Float32Array {
  const target = new Float32Array(source.length);
  const rowLength = inputs * places;
  for (let first = 0; first < columns; first += blockColumns) {
    const end = Math.min(first + blockColumns, columns);
    for (let input = 0; input < inputs; input++) {
      for (let place = 0; place < places; place++) {
        const from = (place * inputs + input) * columns;
        const to = input * places + place;
        for (let column = first; column < end; column++) {
          target[column * rowLength + to] = (source[from + column] as number) * (scale[column] as number);
        }
      }
    }
  }
  return target;
}
