import type { GraphNode, LayerGraph } from "./graph/layer-graph.ts";
import type { Operation } from "./graph/operations.ts";
import { copyNode, rewriteGraph } from "./graph/rewrite.ts";
import { KerasModelError } from "./keras-model-error.ts";

/** What turns logits into probabilities: of several units, or of a single one. */
export type AddedActivation = "softmax" | "sigmoid";

const operations: Record<AddedActivation, Operation> = {
  softmax: { type: "softmax" },
  sigmoid: { type: "activation", kind: "sigmoid" },
};

/**
 * Ends a classifier that was trained on logits (`from_logits=True`) in probabilities. Such a model ends in a dense
 * layer without activation, so its probabilities are the softmax of what that gives, or the sigmoid of a single number.
 * Any other ending is left as it is.
 *
 * @returns undefined when nothing was added
 * @throws KerasModelError when the ending can never give probabilities
 */
export function addActivationToLogits(
  graph: LayerGraph,
): { graph: LayerGraph; added: AddedActivation } | undefined {
  const [output, ...others] = graph.outputs;
  if (!output || others.length > 0) return undefined;
  const { operation, shape } = graph.node(output.node);
  assertEnding(graph.node(output.node));
  if (operation.type !== "dense" || shape.length !== 2) return undefined;
  const added = shape[1] === 1 ? "sigmoid" : "softmax";
  const extended = rewriteGraph(graph, copyNode);
  const last = extended.outputs.pop();
  if (last) extended.addOutput(last.name, extended.add(operations[added], [last.node], last.name));
  return { graph: extended, added };
}

/**
 * The answer to one picture cannot show these: a softmax of one unit looks certain, several sigmoids may sum to 1 by
 * chance.
 */
function assertEnding({ operation, shape, name }: GraphNode): void {
  const units = shape.at(-1) ?? 0;
  if (operation.type === "softmax" && units === 1)
    throw new KerasModelError(`Layer ${name}: a softmax of one unit always answers 1; make it a sigmoid`);
  if (operation.type === "activation" && operation.kind === "sigmoid" && units > 1)
    throw new KerasModelError(
      `Layer ${name}: ${units} sigmoid units are not a probability distribution; end the model with softmax`,
    );
}
