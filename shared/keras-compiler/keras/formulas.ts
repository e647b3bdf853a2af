import type { BinaryKind, ReductionMode } from "../graph/operations.ts";
import { createWeight } from "../graph/weight.ts";
import type { LayerCallContext } from "./layer-reader.ts";

/** Two values of one rank; an axis of size 1 is repeated. */
export function addBinary(call: LayerCallContext, kind: BinaryKind, left: number, right: number): number {
  return call.graph.add({ type: "binary", kind }, [left, right], call.name);
}

/** A constant number with `rank` axes of size 1. */
export function addNumber(call: LayerCallContext, value: number, rank: number): number {
  const weight = createWeight(new Array<number>(rank).fill(1), Float32Array.of(value));
  return call.graph.add({ type: "constant", value: weight }, [], call.name);
}

/** x * scale + shift with numbers. */
export function addScaled(call: LayerCallContext, node: number, scale: number, shift = 0): number {
  const affine = { type: "affine", scale: Float32Array.of(scale), shift: Float32Array.of(shift) } as const;
  return call.graph.add(affine, [node], call.name);
}

/** 1 / x */
export function addReciprocal(call: LayerCallContext, node: number): number {
  const one = addNumber(call, 1, call.graph.shapeOf(node).length);
  return addBinary(call, "divide", one, node);
}

export function addSquareRoot(call: LayerCallContext, node: number): number {
  return call.graph.add({ type: "activation", kind: "square_root" }, [node], call.name);
}

export function addReduction(
  call: LayerCallContext,
  mode: ReductionMode,
  node: number,
  axes: readonly number[],
  keepDimensions = true,
): number {
  return call.graph.add({ type: "reduction", mode, axes, keepDimensions }, [node], call.name);
}

/** A value minus its mean over some axes. */
export function addCentred(call: LayerCallContext, node: number, axes: readonly number[]): number {
  return addBinary(call, "subtract", node, addReduction(call, "average", node, axes));
}

/** sqrt(mean(x^2) + epsilon): the deviation of a value whose mean is 0. */
export function addRootMeanSquare(
  call: LayerCallContext,
  node: number,
  axes: readonly number[],
  epsilon: number,
): number {
  const square = addReduction(call, "average", addBinary(call, "multiply", node, node), axes);
  return addSquareRoot(call, addScaled(call, square, 1, epsilon));
}

/** x / max(|x|, epsilon): vectors of length 1 over some axes. */
export function addUnitLength(
  call: LayerCallContext,
  node: number,
  axes: readonly number[],
  epsilon: number,
): number {
  const square = addReduction(call, "sum", addBinary(call, "multiply", node, node), axes);
  const rank = call.graph.shapeOf(node).length;
  const length = addBinary(call, "maximum", addSquareRoot(call, square), addNumber(call, epsilon, rank));
  return addBinary(call, "divide", node, length);
}
