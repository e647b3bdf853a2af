import { imageSizeOf } from "../graph/infer-shape.ts";
import type { Padding } from "../graph/operations.ts";
import { readScaledKernel } from "../graph/scale-kernel.ts";
import { computeByteLength } from "../graph/weight.ts";
import { computeWindowPadding } from "../graph/window.ts";
import { bytesOf } from "../protobuf/message.ts";
import { inputOf, type Lowering } from "./lowering.ts";
import { permuteKernel } from "./permute-kernel.ts";

export const lowerConvolution: Lowering<"convolution"> = (builder, node, graph) => {
  const { operation } = node;
  const { shape, content } = permuteKernel(operation);
  const size = [shape[2] ?? 0, shape[3] ?? 0] as const;
  const image = imageSizeOf(graph.shapeOf(inputOf(node)), node.name);
  const inputs = [builder.value(inputOf(node), "channels_first"), builder.weight(content, shape)];
  if (operation.bias) inputs.push(builder.floats(operation.bias));
  const output = builder.emit("Conv", inputs, {
    kernel_shape: size,
    strides: operation.strides,
    dilations: operation.dilation,
    group: operation.depthwise ? (operation.kernel.shape[2] ?? 1) : operation.groups,
    pads: toPads(computeWindowPadding(image, { ...operation, size })),
  });
  builder.define(node.id, output, "channels_first");
};

export const lowerDense: Lowering<"dense"> = (builder, node) => {
  const { operation } = node;
  const { kernel, bias } = operation;
  const content = { byteLength: computeByteLength(kernel), read: () => bytesOf(readScaledKernel(operation)) };
  const inputs = [builder.value(inputOf(node), "channels_last"), builder.weight(content, kernel.shape)];
  let output: string;
  if (bias && node.shape.length === 2) {
    output = builder.emit("Gemm", [...inputs, builder.floats(bias)]);
  } else {
    const product = builder.emit("MatMul", inputs);
    output = bias ? builder.emit("Add", [product, builder.floats(bias)]) : product;
  }
  builder.define(node.id, output, "channels_last");
};

export const lowerMatrixProduct: Lowering<"matrix_product"> = (builder, node) => {
  const inputs = node.inputs.map((input) => builder.value(input, "channels_last"));
  builder.define(node.id, builder.emit("MatMul", inputs), "channels_last");
};

export const lowerConstant: Lowering<"constant"> = (builder, { id, operation }) => {
  const { value } = operation;
  const content = { byteLength: computeByteLength(value), read: () => bytesOf(value.read()) };
  builder.define(id, builder.weight(content, value.shape), "channels_last");
};

/** ONNX's order: begin of each spatial axis, then end of each. */
export function toPads({ top, bottom, left, right }: Padding): number[] {
  return [top, left, bottom, right];
}
