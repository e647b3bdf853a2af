import type { BinaryKind } from "../graph/operations.ts";
import { attribute, dataType } from "./graph-messages.ts";
import type { Lowering } from "./lowering.ts";

export const lowerAffine: Lowering<"affine"> = (builder, { operation }, [input = ""]) => {
  const scaled = builder.emit("Mul", [input, builder.floats(operation.scale)]);
  return builder.emit("AddV2", [scaled, builder.floats(operation.shift)]);
};

export const lowerSoftmax: Lowering<"softmax"> = (builder, _node, inputs) => builder.emit("Softmax", inputs);

const binaryOperations: Record<BinaryKind, string> = {
  add: "AddV2",
  subtract: "Sub",
  multiply: "Mul",
  divide: "RealDiv",
  maximum: "Maximum",
  minimum: "Minimum",
  power: "Pow",
};

export const lowerBinary: Lowering<"binary"> = (builder, { operation }, inputs) =>
  builder.emit(binaryOperations[operation.kind], inputs);

/** (x - mean) / sqrt(variance + epsilon) * scale + shift over the last axis. */
export const lowerLayerNormalization: Lowering<"layer_normalization"> = (
  builder,
  { operation },
  [input = ""],
) => {
  const lastAxis = builder.integers([-1]);
  const overLast = { Tidx: attribute.type(dataType.int32), keep_dims: attribute.boolean(true) };
  const centred = builder.emit("Sub", [input, builder.emit("Mean", [input, lastAxis], overLast)]);
  const variance = builder.emit("Mean", [builder.emit("Square", [centred]), lastAxis], overLast);
  const safe = builder.emit("AddV2", [variance, builder.scalar(operation.epsilon)]);
  const factor = builder.emit("Mul", [builder.emit("Rsqrt", [safe]), builder.floats(operation.scale)]);
  return builder.emit("AddV2", [builder.emit("Mul", [centred, factor]), builder.floats(operation.shift)]);
};
