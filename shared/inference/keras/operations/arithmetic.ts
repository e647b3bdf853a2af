import { ModelError } from "../../../errors/model-error.ts";
import { channelsOf } from "../../graph/infer-shape.ts";
import type { Affine, BinaryKind } from "../../graph/operations.ts";
import type { LayerCallContext, LayerInput, LayerReader } from "../layer-reader.ts";

type Constant = Extract<LayerInput, { type: "constant" }>;

/** keras.ops.add and its like: two values of the graph, or one and a constant. */
export function createArithmeticReader(kind: BinaryKind): LayerReader {
  return (call) => {
    const [left, right] = call.arguments;
    if (left?.type === "tensor" && right?.type === "tensor") {
      return call.graph.add({ type: "binary", kind }, [left.node, right.node], call.name);
    }
    if (left?.type === "tensor" && right?.type === "constant") {
      return addAffine(call, left.node, right, withConstant(kind, "right", right.values));
    }
    if (left?.type === "constant" && right?.type === "tensor") {
      return addAffine(call, right.node, left, withConstant(kind, "left", left.values));
    }
    throw new ModelError(`Expected two values for layer ${call.name} but received others`);
  };
}

/** An operation with a constant as a scale and a shift, where it is one. */
function withConstant(kind: BinaryKind, side: "left" | "right", values: Float32Array): Affine | undefined {
  const one = Float32Array.of(1);
  const zero = Float32Array.of(0);
  switch (kind) {
    case "add":
      return { type: "affine", scale: one, shift: values };
    case "multiply":
      return { type: "affine", scale: values, shift: zero };
    case "subtract":
      return side === "right"
        ? { type: "affine", scale: one, shift: values.map((value) => -value) }
        : { type: "affine", scale: Float32Array.of(-1), shift: values };
    case "divide":
      return side === "right"
        ? { type: "affine", scale: values.map((value) => 1 / value), shift: zero }
        : undefined;
    default:
      return undefined;
  }
}

function addAffine(
  call: LayerCallContext,
  node: number,
  constant: Constant,
  affine: Affine | undefined,
): number {
  const shape = call.graph.shapeOf(node);
  const isByChannel = constant.values.length === 1 || constant.shape.at(-1) === channelsOf(shape);
  const isFlat =
    constant.shape.slice(0, -1).every((size) => size === 1) && constant.shape.length <= shape.length;
  if (!affine || !isByChannel || !isFlat) {
    throw new ModelError(
      `Layer ${call.name}: this operation with a constant of shape [${constant.shape.join(", ")}] is not supported`,
    );
  }
  return call.graph.add(affine, [node], call.name);
}
