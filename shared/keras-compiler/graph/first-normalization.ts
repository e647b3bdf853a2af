import type { LayerGraph } from "./layer-graph.ts";
import type { Affine, OperationOf } from "./operations.ts";
import { removeUnused } from "./remove-unused.ts";
import { copyNode, rewriteGraph } from "./rewrite.ts";
import { simplify } from "./simplify.ts";

/** A map of fewer positions gives no usable deviation. */
const leastPositions = 16;

/**
 * The part of a model up to its first normalisation by statistics of its training (a BatchNormalization, an adapted
 * Normalization), without that layer's learned scale and shift. For a picture like those of the training, each channel
 * of its output is 0 on average and has a deviation of 1. Other pictures, or the same with other values, give something
 * else.
 *
 * @returns undefined where there is no such layer on a map, or it has not been trained
 */
export function firstNormalization(graph: LayerGraph): LayerGraph | undefined {
  const found = graph.nodes.find(
    ({ operation, shape }) =>
      operation.type === "affine" &&
      operation.statistics !== undefined &&
      isTrained(operation.statistics) &&
      shape.length === 4 &&
      Number(shape[1]) * Number(shape[2]) >= leastPositions,
  );
  if (found === undefined) return undefined;
  const { statistics } = found.operation as OperationOf<"affine">;
  const part = rewriteGraph(graph, copyNode); // every node keeps its place
  part.outputs.length = 0;
  const normalise = standardise(statistics as Statistics);
  part.addOutput("normalized", part.add(normalise, found.inputs, found.name));
  return simplify(removeUnused(part));
}

type Statistics = NonNullable<Affine["statistics"]>;

/** An untrained BatchNormalization has the mean 0 and, but for its epsilon, the deviation 1. */
const isTrained = ({ mean, deviation }: Statistics): boolean =>
  mean.some((value) => value !== 0) && deviation.some((value) => Math.abs(value - 1) > 0.01);

function standardise({ mean, deviation }: Statistics): Affine {
  const scale = deviation.map((value) => 1 / value);
  return { type: "affine", scale, shift: mean.map((value, channel) => -value * (scale[channel] as number)) };
}
