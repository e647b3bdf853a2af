import { channelsOf } from "../graph/infer-shape.ts";
import type { LayerGraph } from "../graph/layer-graph.ts";
import type { Operation, Shape } from "../graph/operations.ts";
import { KerasModelError } from "../keras-model-error.ts";
import type { LayerConfig } from "./layer-config.ts";
import type { LayerWeights } from "./layer-weights.ts";
import { otherWay } from "./other-way.ts";

/**
 * Something that a layer is called with: a node of the graph, a constant, or anything else as it is in the file.
 * `parameter` is its name where it is given by name.
 */
export type LayerInput = { parameter?: string } & (
  | { type: "tensor"; node: number }
  | { type: "constant"; values: Float32Array; shape: number[] }
  | { type: "other"; value: unknown }
);

/** One call of one layer: appends the layer's operations to the graph and returns the node of its output. */
export type LayerReader = (call: LayerCallContext) => number;

/** As a LayerReader, of an operation with several outputs. */
export type PartsReader = (call: LayerCallContext) => number[];

export interface LayerCallContext {
  graph: LayerGraph;
  /** Unique in the graph, for messages. */
  name: string;
  config: LayerConfig;
  weights: LayerWeights;
  arguments: readonly LayerInput[];
  /** Version of Keras that wrote the model: some defaults changed from 2 to 3. */
  kerasVersion: 2 | 3;
}

/** Nodes that a layer is called with. */
export function tensorsOf(call: LayerCallContext): number[] {
  return call.arguments.flatMap((argument) => (argument.type === "tensor" ? [argument.node] : []));
}

/**
 * The only node that a layer is called with.
 *
 * @throws KerasModelError when there are none or several
 */
export function tensorOf(call: LayerCallContext): number {
  const [tensor, ...others] = tensorsOf(call);
  if (tensor === undefined || others.length > 0) {
    throw new KerasModelError(
      `Expected one input for layer ${call.name} but received ${tensorsOf(call).length}`,
    );
  }
  return tensor;
}

export function shapeOf(call: LayerCallContext): Shape {
  return call.graph.shapeOf(tensorOf(call));
}

export function inputChannels(call: LayerCallContext): number {
  return channelsOf(shapeOf(call));
}

/** Appends an operation on the layer's only input. */
export function addOperation(call: LayerCallContext, operation: Operation): number {
  return call.graph.add(operation, [tensorOf(call)], call.name);
}

/**
 * Axes counted from the front; the batch is 0.
 *
 * @throws KerasModelError when one is the batch or does not exist
 */
export function toAxes(
  call: LayerCallContext,
  axes: readonly number[],
  rank = shapeOf(call).length,
): number[] {
  return axes.map((axis) => toAxis(call, axis, rank));
}

/** @throws KerasModelError when the axis is the batch or does not exist */
export function toAxis(call: LayerCallContext, axis: number, rank: number): number {
  const fromFront = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(fromFront) || fromFront < 1 || fromFront >= rank) {
    throw new KerasModelError(`Layer ${call.name}: axis ${axis} of ${rank} is not supported; ${otherWay}`);
  }
  return fromFront;
}

/** @throws KerasModelError unless the layer works on the last axis. */
export function assertLastAxis(call: LayerCallContext, axis: unknown, rank: number): void {
  const axes = [axis].flat();
  if (axes.length !== 1 || (axes[0] !== -1 && axes[0] !== rank - 1)) {
    throw new KerasModelError(
      `Layer ${call.name} works on axis ${JSON.stringify(axis)}; only the last axis is supported; ${otherWay}`,
    );
  }
}
