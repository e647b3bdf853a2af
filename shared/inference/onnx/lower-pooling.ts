import { channelsOf, imageSizeOf } from "../graph/infer-shape.ts";
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

export const lowerGlobalPooling: Lowering<"global_pooling"> = (builder, node) => {
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
