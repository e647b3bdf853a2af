import { emitFormula, plainActivations } from "../graph/activation-formulas.ts";
import type { OperationOf } from "../graph/operations.ts";
import { attribute } from "./graph-messages.ts";
import type { Lowering } from "./lowering.ts";
import type { TensorflowBuilder } from "./tensorflow-builder.ts";

export const lowerActivation: Lowering<"activation"> = (builder, { operation }, [input = ""]) =>
  activate(builder, input, operation);

const dialect = { add: "AddV2", divide: "RealDiv" };

function activate(builder: TensorflowBuilder, x: string, operation: OperationOf<"activation">): string {
  const plain = plainActivations[operation.kind];
  if (plain) return builder.emit(plain, [x]);
  const formula = emitFormula(builder, operation.kind, x, dialect);
  if (formula) return formula;
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
