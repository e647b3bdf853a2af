import { emitFormula, plainActivations } from "../graph/activation-formulas.ts";
import type { BinaryKind, OperationOf, Shape } from "../graph/operations.ts";
import { computeElementCount, spread } from "../graph/weight.ts";
import { inputOf, type Lowering } from "./lowering.ts";
import type { OnnxBuilder } from "./onnx-builder.ts";

export const lowerAffine: Lowering<"affine"> = (builder, node) => {
  const channels = Math.max(node.operation.scale.length, node.operation.shift.length);
  const scale = spread(node.operation.scale, channels);
  const shift = spread(node.operation.shift, channels);
  const layout = builder.layoutOf(inputOf(node));
  const input = builder.value(inputOf(node), layout);
  const isFirst = node.shape.length === 4 && layout === "channels_first";
  if (isFirst && channels > 1) {
    const mean = builder.floats(new Float32Array(channels));
    const variance = builder.floats(new Float32Array(channels).fill(1));
    const inputs = [input, builder.floats(scale), builder.floats(shift), mean, variance];
    builder.define(node.id, builder.emit("BatchNormalization", inputs, { epsilon: { float: 0 } }), layout);
    return;
  }
  const scaled = builder.emit("Mul", [input, builder.floats(scale)]);
  builder.define(node.id, builder.emit("Add", [scaled, builder.floats(shift)]), layout);
};

export const lowerActivation: Lowering<"activation"> = (builder, node) => {
  const layout = builder.layoutOf(inputOf(node));
  const output = activate(builder, builder.value(inputOf(node), layout), node.operation);
  builder.define(node.id, output, layout);
};

const dialect = { add: "Add", divide: "Div" };

function activate(builder: OnnxBuilder, x: string, operation: OperationOf<"activation">): string {
  const plain = plainActivations[operation.kind];
  if (plain) return builder.emit(plain, [x]);
  const formula = emitFormula(builder, operation.kind, x, dialect);
  if (formula) return formula;
  switch (operation.kind) {
    case "relu":
      if (operation.maximum === undefined) return builder.emit("Relu", [x]);
      return builder.emit("Clip", [x, builder.scalar(0), builder.scalar(operation.maximum)]);
    case "leaky_relu":
      return builder.emit("LeakyRelu", [x], { alpha: { float: operation.alpha ?? 0 } });
    case "elu":
      return builder.emit("Elu", [x], { alpha: { float: operation.alpha ?? 1 } });
    case "hard_sigmoid":
      return builder.emit("HardSigmoid", [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
    case "hard_silu":
      return builder.emit("HardSwish", [x]);
    default:
      throw new RangeError(`Expected an activation that ONNX has but received ${operation.kind}`);
  }
}

export const lowerSoftmax: Lowering<"softmax"> = (builder, node) => {
  const input = builder.value(inputOf(node), "channels_last");
  builder.define(node.id, builder.emit("Softmax", [input], { axis: -1 }), "channels_last");
};

export const lowerLayerNormalization: Lowering<"layer_normalization"> = (builder, node) => {
  const { scale, shift, epsilon } = node.operation;
  const inputs = [
    builder.value(inputOf(node), "channels_last"),
    builder.floats(scale),
    builder.floats(shift),
  ];
  const output = builder.emit("LayerNormalization", inputs, { axis: -1, epsilon: { float: epsilon } });
  builder.define(node.id, output, "channels_last");
};

const binaryOperators: Record<BinaryKind, string> = {
  add: "Add",
  subtract: "Sub",
  multiply: "Mul",
  divide: "Div",
  maximum: "Max",
  minimum: "Min",
  power: "Pow",
};

export const lowerBinary: Lowering<"binary"> = (builder, node, graph) => {
  const largest = node.inputs.reduce((best, input) =>
    sizeOf(graph.shapeOf(input)) > sizeOf(graph.shapeOf(best)) ? input : best,
  );
  const layout = builder.layoutOf(largest);
  const inputs = node.inputs.map((input) => builder.value(input, layout));
  builder.define(node.id, builder.emit(binaryOperators[node.operation.kind], inputs), layout);
};

/** Elements of one batch entry: the largest input keeps its layout, the smaller ones follow. */
function sizeOf(shape: Shape): number {
  return computeElementCount(shape.slice(1).map((size) => size ?? 1));
}
