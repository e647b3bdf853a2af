import type { GraphNode, LayerGraph } from "../graph/layer-graph.ts";
import type { Message } from "../protobuf/message.ts";
import { lowerActivation } from "./lower-activation.ts";
import { lowerAffine, lowerBinary, lowerLayerNormalization, lowerSoftmax } from "./lower-elementwise.ts";
import {
  lowerConstant,
  lowerConvolution,
  lowerDense,
  lowerMatrixProduct,
  lowerPad,
} from "./lower-kernels.ts";
import { lowerPooling, lowerReduction } from "./lower-pooling.ts";
import { lowerConcatenate, lowerReshape, lowerResize, lowerSlice, lowerTranspose } from "./lower-shapes.ts";
import type { Lowering, LoweringTable } from "./lowering.ts";
import { TensorflowBuilder, type Variable } from "./tensorflow-builder.ts";

const lowerings: LoweringTable = {
  convolution: lowerConvolution,
  dense: lowerDense,
  affine: lowerAffine,
  activation: lowerActivation,
  softmax: lowerSoftmax,
  pooling: lowerPooling,
  reduction: lowerReduction,
  binary: lowerBinary,
  concatenate: lowerConcatenate,
  reshape: lowerReshape,
  slice: lowerSlice,
  pad: lowerPad,
  transpose: lowerTranspose,
  resize: lowerResize,
  constant: lowerConstant,
  matrix_product: lowerMatrixProduct,
  layer_normalization: lowerLayerNormalization,
};

/** The layer graph as a TensorFlow SavedModel with one signature, and the variables of its checkpoint. */
export function lowerToTensorflow(graph: LayerGraph): { model: Message; variables: readonly Variable[] } {
  const builder = new TensorflowBuilder(graph);
  for (const node of graph.nodes) lowerNode(builder, node, graph);
  return builder.toSavedModel();
}

function lowerNode(builder: TensorflowBuilder, node: GraphNode, graph: LayerGraph): void {
  if (node.operation.type === "input") {
    builder.addInput(node.id);
    return;
  }
  const lower = lowerings[node.operation.type] as Lowering<typeof node.operation.type>;
  const inputs = node.inputs.map((input) => builder.value(input));
  builder.define(node.id, lower(builder, node as GraphNode<never>, inputs, graph));
}
