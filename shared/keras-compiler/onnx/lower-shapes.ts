import { imageSizeOf } from "../graph/infer-shape.ts";
import type { Shape } from "../graph/operations.ts";
import { inputOf, type Lowering } from "./lowering.ts";
import type { Layout } from "./onnx-builder.ts";

export const lowerConcatenate: Lowering<"concatenate"> = (builder, node) => {
  const layout = builder.layoutOf(inputOf(node));
  const inputs = node.inputs.map((input) => builder.value(input, layout));
  const axis = toLayoutAxis(node.operation.axis, node.shape, layout);
  builder.define(node.id, builder.emit("Concat", inputs, { axis }), layout);
};

/** Reshaping happens channels last, in Keras's order of bytes; those of a 1 x 1 image are the same either way. */
export const lowerReshape: Lowering<"reshape"> = (builder, node, graph) => {
  const { shape } = node.operation;
  const source = graph.shapeOf(inputOf(node));
  const input = builder.value(
    inputOf(node),
    isOnePixel(source) ? builder.layoutOf(inputOf(node)) : "channels_last",
  );
  const layout: Layout = isOnePixel(shape) ? "channels_first" : "channels_last";
  const target = layout === "channels_first" ? [shape[0], shape[3], 1, 1] : shape;
  const sizes = builder.integers(target.map((size) => size ?? -1));
  builder.define(node.id, builder.emit("Reshape", [input, sizes]), layout);
};

/** Behind the first: ONNX would count an end of -1 from the last. */
const beforeFirst = -(2 ** 31);

export const lowerSlice: Lowering<"slice"> = (builder, node) => {
  const { begin, end, steps } = node.operation;
  const layout = builder.layoutOf(inputOf(node));
  const axes = end.flatMap((size, axis) => (size === null ? [] : [axis]));
  const inputs = [
    builder.value(inputOf(node), layout),
    builder.integers(axes.map((axis) => begin[axis] ?? 0)),
    builder.integers(axes.map((axis) => (end[axis] === -1 ? beforeFirst : (end[axis] ?? 0)))),
    builder.integers(axes.map((axis) => toLayoutAxis(axis, node.shape, layout))),
  ];
  if (steps !== undefined) inputs.push(builder.integers(axes.map((axis) => steps[axis] ?? 1)));
  builder.define(node.id, builder.emit("Slice", inputs), layout);
};

export const lowerPad: Lowering<"pad"> = (builder, node) => {
  const { top, bottom, left, right } = node.operation.padding;
  const layout = builder.layoutOf(inputOf(node));
  const pads =
    layout === "channels_first"
      ? [0, 0, top, left, 0, 0, bottom, right]
      : [0, top, left, 0, 0, bottom, right, 0];
  const output = builder.emit("Pad", [builder.value(inputOf(node), layout), builder.integers(pads)]);
  builder.define(node.id, output, layout);
};

export const lowerTranspose: Lowering<"transpose"> = (builder, node) => {
  const input = builder.value(inputOf(node), "channels_last");
  const output = builder.emit("Transpose", [input], { perm: node.operation.order });
  builder.define(node.id, output, "channels_last");
};

export const lowerResize: Lowering<"resize"> = (builder, node, graph) => {
  const { size, interpolation } = node.operation;
  const input = builder.value(inputOf(node), "channels_first");
  const image = imageSizeOf(graph.shapeOf(inputOf(node)), node.name);
  let output = input;
  if (interpolation === "nearest") {
    for (const axis of [0, 1] as const) {
      const positions = builder.integers(nearestPositions(image[axis], size[axis]));
      output = builder.emit("Gather", [output, positions], { axis: axis + 2 });
    }
  } else {
    // With `axes` ONNX Runtime 1.30 refuses the graph where it moves a transposition over the node.
    const kept = builder.emit("Shape", [input], { start: 0, end: 2 });
    const sizes = builder.emit("Concat", [kept, builder.integers(size)], { axis: 0 });
    output = builder.emit("Resize", [input, "", "", sizes], {
      mode: "linear",
      coordinate_transformation_mode: "half_pixel",
    });
  }
  builder.define(node.id, output, "channels_first");
};

/** The pixel that holds each new pixel's centre. This is TensorFlow's choice, which no mode of ONNX's Resize makes. */
function nearestPositions(from: number, to: number): number[] {
  return Array.from({ length: to }, (_, index) => Math.floor(((index + 0.5) * from) / to));
}

function toLayoutAxis(axis: number, shape: Shape, layout: Layout): number {
  if (shape.length !== 4 || layout === "channels_last") return axis;
  return [0, 2, 3, 1][axis] ?? axis;
}

function isOnePixel(shape: Shape): boolean {
  return shape.length === 4 && shape[1] === 1 && shape[2] === 1;
}
