import { channelsOf, formatShape } from "../../graph/infer-shape.ts";
import type { Affine, BinaryKind } from "../../graph/operations.ts";
import { createWeight } from "../../graph/weight.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { addBinary } from "../formulas.ts";
import type { LayerCallContext, LayerInput, LayerReader } from "../layer-reader.ts";
import { otherWay } from "../other-way.ts";

type Constant = Extract<LayerInput, { type: "constant" }>;

/** keras.ops.add and the like: of two values of the graph, or of one and a constant. */
export function createArithmeticReader(kind: BinaryKind): LayerReader {
  return (call) => {
    const [left, right] = call.arguments;
    if (left?.type === "tensor" && right?.type === "tensor") {
      return call.graph.add({ type: "binary", kind }, [left.node, right.node], call.name);
    }
    if (left?.type === "tensor" && right?.type === "constant") {
      const affine = asAffine(call, left.node, right, withConstant(kind, "right", right.values));
      return affine ?? addBinary(call, kind, left.node, addConstant(call, right, left.node));
    }
    if (left?.type === "constant" && right?.type === "tensor") {
      const affine = asAffine(call, right.node, left, withConstant(kind, "left", left.values));
      return affine ?? addBinary(call, kind, addConstant(call, left, right.node), right.node);
    }
    throw new KerasModelError(
      `Expected two values, or one and a number, for layer ${call.name} but received others; ${otherWay}`,
    );
  };
}

/** An operation with a constant as a scale and a shift; undefined where it is not one. */
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

/** Undefined when the constant is neither one number nor one number per channel. */
function asAffine(
  call: LayerCallContext,
  node: number,
  constant: Constant,
  affine: Affine | undefined,
): number | undefined {
  const shape = call.graph.shapeOf(node);
  const isByChannel = constant.values.length === 1 || constant.values.length === channelsOf(shape);
  const isFlat =
    constant.shape.slice(0, -1).every((size) => size === 1) && constant.shape.length <= shape.length;
  return affine && isByChannel && isFlat ? call.graph.add(affine, [node], call.name) : undefined;
}

/** A constant to go with a node; its missing axes are added in front, as in numpy. */
function addConstant(call: LayerCallContext, { values, shape }: Constant, node: number): number {
  const rank = call.graph.shapeOf(node).length;
  const aligned = [...new Array<number>(Math.max(0, rank - shape.length)).fill(1), ...shape];
  if (aligned.length > rank || aligned[0] !== 1) {
    throw new KerasModelError(
      `Layer ${call.name}: a constant of shape [${shape.join(", ")}] does not fit ${formatShape(call.graph.shapeOf(node))}`,
    );
  }
  return call.graph.add({ type: "constant", value: createWeight(aligned, values) }, [], call.name);
}
