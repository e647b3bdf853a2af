import type { LayerGraph } from "./layer-graph.ts";
import { copyNode, rewriteGraph } from "./rewrite.ts";

/** Drops nodes that no output needs. */
export function removeUnused(graph: LayerGraph): LayerGraph {
  const needed = new Set(graph.outputs.map((output) => output.node));
  for (const node of [...graph.nodes].reverse()) {
    if (needed.has(node.id)) for (const input of node.inputs) needed.add(input);
  }
  return rewriteGraph(graph, (node, rewriter) =>
    needed.has(node.id) ? copyNode(node, rewriter) : undefined,
  );
}
