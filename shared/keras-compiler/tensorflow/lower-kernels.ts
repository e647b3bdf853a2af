import type { Convolution, Dense, Padding } from "../graph/operations.ts";
import { readScaledKernel } from "../graph/scale-kernel.ts";
import { computeByteLength } from "../graph/weight.ts";
import { bytesOf, type Message } from "../protobuf/message.ts";
import { attribute } from "./graph-messages.ts";
import type { Lowering } from "./lowering.ts";
import type { TensorflowBuilder } from "./tensorflow-builder.ts";

/** A window's size or step over `[batch, height, width, channels]`. */
export function toWindow([rows, columns]: readonly [number, number]): Message {
  return attribute.integers([1, rows, columns, 1]);
}

/**
 * A given border is added by a node of its own, because a depthwise convolution with padding EXPLICIT ends the whole
 * process (oneDNN's kernel, TensorFlow 2.12 and 2.21).
 */
export const lowerConvolution: Lowering<"convolution"> = (builder, { operation }, [input = ""]) => {
  const { padding } = operation;
  const source = typeof padding === "string" ? input : addBorder(builder, input, padding);
  const type = operation.depthwise ? "DepthwiseConv2dNative" : "Conv2D";
  const output = builder.emit(type, [source, readKernel(builder, operation)], {
    strides: toWindow(operation.strides),
    dilations: toWindow(operation.dilation),
    padding: attribute.text(padding === "same" ? "SAME" : "VALID"),
  });
  return isGrouped(operation)
    ? addBiasApart(builder, output, operation.bias)
    : addBias(builder, output, operation.bias);
};

const isGrouped = ({ depthwise, groups }: Convolution) => !depthwise && groups > 1;

export const lowerDense: Lowering<"dense"> = (builder, { operation, shape }, [input = ""]) => {
  const type = shape.length === 2 ? "MatMul" : "BatchMatMulV2";
  const output = builder.emit(type, [input, readKernel(builder, operation)]);
  return addBias(builder, output, operation.bias);
};

export const lowerMatrixProduct: Lowering<"matrix_product"> = (builder, _node, inputs) =>
  builder.emit("BatchMatMulV2", inputs);

export const lowerConstant: Lowering<"constant"> = (builder, { operation: { value } }) =>
  builder.weight({ byteLength: computeByteLength(value), read: () => bytesOf(value.read()) }, value.shape);

export const lowerPad: Lowering<"pad"> = (builder, { operation }, [input = ""]) =>
  addBorder(builder, input, operation.padding);

function addBorder(builder: TensorflowBuilder, input: string, { top, bottom, left, right }: Padding): string {
  return builder.emit("Pad", [input, builder.integers([0, 0, top, bottom, left, right, 0, 0], [4, 2])]);
}

function readKernel(builder: TensorflowBuilder, layer: Convolution | Dense): string {
  const content = {
    byteLength: computeByteLength(layer.kernel),
    read: () => bytesOf(readScaledKernel(layer)),
  };
  return builder.weight(content, layer.kernel.shape);
}

function addBias(builder: TensorflowBuilder, output: string, bias: Float32Array | undefined): string {
  return bias ? builder.emit("BiasAdd", [output, builder.floats(bias)]) : output;
}

/**
 * As a subtraction: TensorFlow would fuse the addition of a bias into the convolution, and on processors for which it does not
 * use oneDNN (those without AVX-512 VNNI) its fused kernel refuses groups.
 */
function addBiasApart(builder: TensorflowBuilder, output: string, bias: Float32Array | undefined): string {
  return bias ? builder.emit("Sub", [output, builder.floats(bias.map((value) => -value))]) : output;
}
