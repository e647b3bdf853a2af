import type { Convolution } from "../graph/operations.ts";
import { computeElementCount } from "../graph/weight.ts";
import { bytesOf, type LazyBytes } from "../protobuf/message.ts";

/**
 * A convolution's kernel as ONNX wants it, `[outputs, inputs / groups, height, width]`, from Keras's
 * `[height, width, inputs / groups, outputs]`, scaled by output channel in the same pass.
 * A depthwise kernel `[height, width, channels, multiplier]` becomes `[channels * multiplier, 1, height, width]`.
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

/** `[places, inputs, columns]` to `[columns, inputs, places]`, each column times its scale. */
function transpose(
  source: Float32Array,
  places: number,
  inputs: number,
  columns: number,
  scale: Float32Array | undefined,
): Float32Array {
  const target = new Float32Array(source.length);
  let position = 0;
  for (let place = 0; place < places; place++) {
    for (let input = 0; input < inputs; input++) {
      for (let column = 0; column < columns; column++) {
        const value = source[position++] as number;
        target[(column * inputs + input) * places + place] = scale
          ? value * (scale[column] as number)
          : value;
      }
    }
  }
  return target;
}
