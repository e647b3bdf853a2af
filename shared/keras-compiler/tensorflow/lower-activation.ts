import type { ActivationKind, OperationOf } from "../graph/operations.ts";
import { attribute } from "./graph-messages.ts";
import type { Lowering } from "./lowering.ts";
import type { TensorflowBuilder } from "./tensorflow-builder.ts";

export const lowerActivation: Lowering<"activation"> = (builder, { operation }, [input = ""]) =>
  activate(builder, input, operation);

/** Activations that are one TensorFlow operation without attributes. */
const plainActivations: Partial<Record<ActivationKind, string>> = {
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  softplus: "Softplus",
  softsign: "Softsign",
  exponential: "Exp",
  selu: "Selu",
  absolute: "Abs",
  square_root: "Sqrt",
  logarithm: "Log",
};

function activate(builder: TensorflowBuilder, x: string, operation: OperationOf<"activation">): string {
  const plain = plainActivations[operation.kind];
  if (plain) return builder.emit(plain, [x]);
  switch (operation.kind) {
    case "relu":
      return emitRelu(builder, x, operation.maximum);
    case "leaky_relu":
      return builder.emit("LeakyRelu", [x], { alpha: attribute.float(operation.alpha ?? 0) });
    case "elu":
      return emitElu(builder, x, operation.alpha ?? 1);
    case "hard_sigmoid":
      return emitHardSigmoid(builder, x);
    case "hard_silu":
      return builder.emit("Mul", [x, emitHardSigmoid(builder, x)]);
    case "silu":
      return builder.emit("Mul", [x, builder.emit("Sigmoid", [x])]);
    case "mish":
      return builder.emit("Mul", [x, builder.emit("Tanh", [builder.emit("Softplus", [x])])]);
    case "gelu":
      return emitGelu(builder, x);
    case "gelu_tanh":
      return emitTanhGelu(builder, x);
    default:
      throw new RangeError(`Expected an activation that TensorFlow has but received ${operation.kind}`);
  }
}

function emitRelu(builder: TensorflowBuilder, x: string, maximum: number | undefined): string {
  if (maximum === 6) return builder.emit("Relu6", [x]);
  const positive = builder.emit("Relu", [x]);
  return maximum === undefined ? positive : builder.emit("Minimum", [positive, builder.scalar(maximum)]);
}

/** TensorFlow's Elu has alpha 1: elu(x, a) = relu(x) + a * elu(min(x, 0)). */
function emitElu(builder: TensorflowBuilder, x: string, alpha: number): string {
  if (alpha === 1) return builder.emit("Elu", [x]);
  const negative = builder.emit("Elu", [builder.emit("Minimum", [x, builder.scalar(0)])]);
  return builder.emit("AddV2", [
    builder.emit("Relu", [x]),
    builder.emit("Mul", [negative, builder.scalar(alpha)]),
  ]);
}

/** relu6(x + 3) / 6. */
function emitHardSigmoid(builder: TensorflowBuilder, x: string): string {
  const clipped = builder.emit("Relu6", [builder.emit("AddV2", [x, builder.scalar(3)])]);
  return builder.emit("Mul", [clipped, builder.scalar(1 / 6)]);
}

/** x * (1 + erf(x / sqrt 2)) / 2 (Hendrycks & Gimpel 2016). */
function emitGelu(builder: TensorflowBuilder, x: string): string {
  const erf = builder.emit("Erf", [builder.emit("Mul", [x, builder.scalar(Math.SQRT1_2)])]);
  const half = builder.emit("Mul", [x, builder.scalar(0.5)]);
  return builder.emit("Mul", [half, builder.emit("AddV2", [erf, builder.scalar(1)])]);
}

/** x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))) / 2. */
function emitTanhGelu(builder: TensorflowBuilder, x: string): string {
  const cube = builder.emit("Mul", [x, builder.emit("Square", [x])]);
  const inner = builder.emit("AddV2", [x, builder.emit("Mul", [cube, builder.scalar(0.044715)])]);
  const tanh = builder.emit("Tanh", [builder.emit("Mul", [inner, builder.scalar(Math.sqrt(2 / Math.PI))])]);
  const half = builder.emit("Mul", [x, builder.scalar(0.5)]);
  return builder.emit("Mul", [half, builder.emit("AddV2", [tanh, builder.scalar(1)])]);
}
