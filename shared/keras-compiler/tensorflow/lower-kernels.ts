import { imageSizeOf } from "../graph/infer-shape.ts";
import type { GraphNode, LayerGraph } from "../graph/layer-graph.ts";
import type { Convolution, Dense, Padding } from "../graph/operations.ts";
import { readScaledKernel } from "../graph/scale-kernel.ts";
import { computeByteLength } from "../graph/weight.ts";
import { computeWindowPadding } from "../graph/window.ts";
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
export const lowerConvolution: Lowering<"convolution"> = (builder, node, [input = ""], graph) => {
  const { operation } = node;
  const { padding } = operation;
  if (operation.depthwise && Math.max(...operation.dilation) > 1)
    return addBias(builder, convolveInParts(builder, node, input, graph), operation.bias);
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

/**
 * A depthwise convolution with dilation, which TensorFlow's kernel does not have on a processor: rows and columns are
 * dealt out to as many smaller pictures as the dilation skips, as `tf.nn.depthwise_conv2d` does. Keras has it without
 * strides only.
 */
function convolveInParts(
  builder: TensorflowBuilder,
  { operation, inputs: [source = 0], name }: GraphNode<Convolution>,
  input: string,
  graph: LayerGraph,
): string {
  const [height, width] = imageSizeOf(graph.shapeOf(source), name);
  const [rows = 0, columns = 0] = operation.kernel.shape;
  const [down, across] = operation.dilation;
  const border = computeWindowPadding([height, width], { ...operation, size: [rows, columns] });
  const { top, bottom, left, right } = border;
  // Rows and columns that every part lacks to be as large as the first; they are cut off the result.
  const lower = (down - ((height + top + bottom) % down)) % down;
  const further = (across - ((width + left + right) % across)) % across;
  const block = builder.integers([down, across]);
  const borders = builder.integers([top, bottom + lower, left, right + further], [2, 2]);
  const parts = builder.emit("SpaceToBatchND", [input, block, borders]);
  const convolved = builder.emit("DepthwiseConv2dNative", [parts, readKernel(builder, operation)], {
    strides: toWindow([1, 1]),
    padding: attribute.text("VALID"),
  });
  return builder.emit("BatchToSpaceND", [convolved, block, builder.integers([0, lower, 0, further], [2, 2])]);
}

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
