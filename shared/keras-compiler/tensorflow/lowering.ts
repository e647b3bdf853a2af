import type { GraphNode, LayerGraph } from "../graph/layer-graph.ts";
import type { Operation, OperationOf } from "../graph/operations.ts";
import type { TensorflowBuilder } from "./tensorflow-builder.ts";

type OperationType = Operation["type"];

/** Emits the TensorFlow nodes of one operation and returns the name of the node that gives its value. */
export type Lowering<Type extends OperationType> = (
  builder: TensorflowBuilder,
  node: GraphNode<OperationOf<Type>>,
  inputs: readonly string[],
  graph: LayerGraph,
) => string;

/** Every operation except `input`, which computes nothing. */
export type LoweringTable = { [Type in Exclude<OperationType, "input">]: Lowering<Type> };
