import type { LayerGraph } from "../graph/layer-graph.ts";
import { copyNode, rewriteGraph } from "../graph/rewrite.ts";

/**
 * A classifier trained on logits (`from_logits=True`) ends in a dense layer without activation; its probabilities are
 * the softmax of what it gives. Any other ending is left as it is. Returns undefined when nothing was added.
 */
export function addSoftmaxToLogits(graph: LayerGraph): LayerGraph | undefined {
  const [output, ...others] = graph.outputs;
  if (!output || others.length > 0) return undefined;
  const { operation, shape } = graph.node(output.node);
  if (operation.type !== "dense" || shape.length !== 2) return undefined;
  const extended = rewriteGraph(graph, copyNode);
  const last = extended.outputs.pop();
  if (last) extended.addOutput(last.name, extended.add({ type: "softmax" }, [last.node], last.name));
  return extended;
}
