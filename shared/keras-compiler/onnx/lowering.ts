import type { GraphNode, LayerGraph } from "../graph/layer-graph.ts";
import type { Operation, OperationOf } from "../graph/operations.ts";
import type { OnnxBuilder } from "./onnx-builder.ts";

type OperationType = Operation["type"];

/** Emits the ONNX nodes of one operation and defines its value. */
export type Lowering<Type extends OperationType> = (
  builder: OnnxBuilder,
  node: GraphNode<OperationOf<Type>>,
  graph: LayerGraph,
) => void;

export type LoweringTable = { [Type in OperationType]: Lowering<Type> };

export function lowerWith(
  table: LoweringTable,
  builder: OnnxBuilder,
  node: GraphNode,
  graph: LayerGraph,
): void {
  const lower = table[node.operation.type] as Lowering<OperationType>;
  lower(builder, node, graph);
}

/** The only input, or the first of several. */
export function inputOf(node: GraphNode): number {
  const [input] = node.inputs;
  if (input === undefined) throw new RangeError(`Expected an input for ${node.name} but it has none`);
  return input;
}
