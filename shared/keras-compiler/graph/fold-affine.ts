import { channelsOf } from "./infer-shape.ts";
import type { LayerGraph } from "./layer-graph.ts";
import type { Affine, Convolution, Dense, Operation } from "./operations.ts";
import { copyNode, type Rewriter, rewriteGraph } from "./rewrite.ts";
import { spread } from "./weight.ts";

/**
 * Folds a scale and shift (a batch normalisation, a rescaling) into the convolution, dense layer or other scale and
 * shift before it. The kernel itself is scaled later, while a lowering writes it.
 */
export function foldAffine(graph: LayerGraph): LayerGraph {
  return rewriteGraph(graph, (node, rewriter) => {
    const [source] = node.inputs;
    if (node.operation.type !== "affine" || source === undefined || rewriter.useCount(source) !== 1) {
      return copyNode(node, rewriter);
    }
    return (
      foldInto(rewriter, rewriter.moved(source), node.operation, channelsOf(node.shape)) ??
      copyNode(node, rewriter)
    );
  });
}

/** Replaces the target's node by one that also scales and shifts; undefined when its kind cannot. */
function foldInto({ target }: Rewriter, id: number, affine: Affine, channels: number): number | undefined {
  const before = target.node(id);
  const folded = foldOperation(before.operation, affine, channels);
  if (!folded) return undefined;
  target.nodes[id] = { ...before, operation: folded };
  return id;
}

function foldOperation(operation: Operation, affine: Affine, channels: number): Operation | undefined {
  switch (operation.type) {
    case "convolution":
    case "dense":
      return foldKernel(operation, affine, channels);
    case "affine":
      return joinAffine(operation, affine, channels);
    default:
      return undefined;
  }
}

function foldKernel<Layer extends Convolution | Dense>(
  layer: Layer,
  affine: Affine,
  channels: number,
): Layer {
  const { kernelScale, bias } = layer;
  const scale = spread(affine.scale, channels);
  const shift = spread(affine.shift, channels);
  return {
    ...layer,
    kernelScale: kernelScale ? multiply(kernelScale, scale) : scale,
    bias: shift.map((value, channel) => value + (bias?.[channel] ?? 0) * (scale[channel] ?? 0)),
  };
}

function joinAffine(first: Affine, second: Affine, channels: number): Affine {
  const scale = spread(second.scale, channels);
  return {
    type: "affine",
    scale: multiply(spread(first.scale, channels), scale),
    shift: spread(second.shift, channels).map(
      (value, channel) =>
        value + (first.shift[first.shift.length === 1 ? 0 : channel] ?? 0) * (scale[channel] ?? 0),
    ),
  };
}

function multiply(first: Float32Array, second: Float32Array): Float32Array {
  return first.map((value, index) => value * (second[index] ?? 0));
}
