import { channelsOf, imageSizeOf } from "../graph/infer-shape.ts";
import type { OperationOf, ReductionMode, Shape } from "../graph/operations.ts";
import { computeWindowPadding } from "../graph/window.ts";
import { toPads } from "./lower-kernels.ts";
import { inputOf, type Lowering } from "./lowering.ts";

export const lowerPooling: Lowering<"pooling"> = (builder, node, graph) => {
  const { mode, size, strides, padding } = node.operation;
  const image = imageSizeOf(graph.shapeOf(inputOf(node)), node.name);
  const border = computeWindowPadding(image, { size, strides, padding, dilation: [1, 1] });
  const input = builder.value(inputOf(node), "channels_first");
  const type = mode === "maximum" ? "MaxPool" : "AveragePool";
  const output = builder.emit(type, [input], { kernel_shape: size, strides, pads: toPads(border) });
  builder.define(node.id, output, "channels_first");
};

const reductions: Record<ReductionMode, string> = {
  average: "ReduceMean",
  maximum: "ReduceMax",
  minimum: "ReduceMin",
  sum: "ReduceSum",
};

export const lowerReduction: Lowering<"reduction"> = (builder, node, graph) => {
  const { mode, axes, keepDimensions } = node.operation;
  if (isGlobalPooling(node.operation, graph.shapeOf(inputOf(node)))) {
    lowerGlobalPooling(builder, node, graph);
    return;
  }
  const inputs = [builder.value(inputOf(node), "channels_last"), builder.integers(axes)];
  const output = builder.emit(reductions[mode], inputs, { keepdims: Number(keepDimensions) });
  builder.define(node.id, output, "channels_last");
};

/** Mean or maximum of an image's rows and columns: ONNX has operators for it, channels first. */
function isGlobalPooling({ mode, axes }: OperationOf<"reduction">, shape: Shape): boolean {
  const isPooling = mode === "average" || mode === "maximum";
  return isPooling && shape.length === 4 && axes.toSorted().join() === "1,2";
}

const lowerGlobalPooling: Lowering<"reduction"> = (builder, node) => {
  const { mode, keepDimensions } = node.operation;
  const type = mode === "maximum" ? "GlobalMaxPool" : "GlobalAveragePool";
  const pooled = builder.emit(type, [builder.value(inputOf(node), "channels_first")]);
  if (keepDimensions) {
    builder.define(node.id, pooled, "channels_first");
    return;
  }
  const shape = builder.integers([-1, channelsOf(node.shape)]);
  builder.define(node.id, builder.emit("Reshape", [pooled, shape]), "channels_last");
};
