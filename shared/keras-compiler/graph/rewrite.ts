import { type GraphNode, LayerGraph } from "./layer-graph.ts";

export interface Rewriter {
  /** The graph being built. */
  readonly target: LayerGraph;
  /** The target's node that stands for a node of the source. */
  moved(source: number): number;
  /** How many nodes and outputs use a node of the source. */
  useCount(source: number): number;
}

/**
 * Builds a new graph node by node: `visit` returns the target's node that stands for the source's, or undefined to drop
 * it. Inputs and outputs keep their names.
 */
export function rewriteGraph(
  source: LayerGraph,
  visit: (node: GraphNode, rewriter: Rewriter) => number | undefined,
): LayerGraph {
  const target = new LayerGraph();
  const positions = new Map<number, number>();
  const useCounts = countUses(source);
  const rewriter: Rewriter = {
    target,
    moved(node) {
      const position = positions.get(node);
      if (position === undefined) throw new RangeError(`Node ${node} was dropped but is used`);
      return position;
    },
    useCount: (node) => useCounts[node] ?? 0,
  };
  for (const node of source.nodes) {
    const position =
      node.operation.type === "input" ? target.addInput(node.name, node.shape) : visit(node, rewriter);
    if (position !== undefined) positions.set(node.id, position);
  }
  for (const output of source.outputs) target.addOutput(output.name, rewriter.moved(output.node));
  return target;
}

/** The target's copy of a node, on the inputs that it has there. */
export function copyNode(node: GraphNode, { target, moved }: Rewriter): number {
  return target.add(node.operation, node.inputs.map(moved), node.name);
}

function countUses(graph: LayerGraph): number[] {
  const counts = new Array<number>(graph.nodes.length).fill(0);
  const use = (node: number) => {
    counts[node] = (counts[node] ?? 0) + 1;
  };
  for (const node of graph.nodes) node.inputs.forEach(use);
  for (const output of graph.outputs) use(output.node);
  return counts;
}
