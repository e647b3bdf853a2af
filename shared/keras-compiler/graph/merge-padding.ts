import type { LayerGraph } from "./layer-graph.ts";
import { removeUnused } from "./remove-unused.ts";
import { copyNode, rewriteGraph } from "./rewrite.ts";

/**
 * Moves the border that a padding layer adds into the convolution after it. Only a `valid` convolution can take it:
 * `same` adds a border of its own, and pooling does not count added zeros.
 */
export function mergePadding(graph: LayerGraph): LayerGraph {
  const merged = rewriteGraph(graph, (node, rewriter) => {
    const { operation } = node;
    const before = node.inputs[0] === undefined ? undefined : graph.node(node.inputs[0]);
    const padded = before?.inputs[0];
    if (operation.type !== "convolution" || operation.padding !== "valid") return copyNode(node, rewriter);
    if (before?.operation.type !== "pad" || padded === undefined) return copyNode(node, rewriter);
    const widened = { ...operation, padding: before.operation.padding };
    return rewriter.target.add(widened, [rewriter.moved(padded)], node.name);
  });
  return removeUnused(merged);
}
