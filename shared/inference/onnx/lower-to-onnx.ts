import type { LayerGraph } from "../graph/layer-graph.ts";
import {
  lowerActivation,
  lowerAffine,
  lowerBinary,
  lowerLayerNormalization,
  lowerSoftmax,
} from "./lower-elementwise.ts";
import { lowerConvolution, lowerDense } from "./lower-kernels.ts";
import { lowerGlobalPooling, lowerPooling } from "./lower-pooling.ts";
import { lowerConcatenate, lowerPad, lowerReshape, lowerSlice } from "./lower-shapes.ts";
import { type Lowering, type LoweringTable, lowerWith } from "./lowering.ts";
import { OnnxBuilder, type OnnxModel } from "./onnx-builder.ts";

const lowerInput: Lowering<"input"> = (builder, node) => builder.addInput(node.id, node.name);

const lowerings: LoweringTable = {
  input: lowerInput,
  convolution: lowerConvolution,
  dense: lowerDense,
  affine: lowerAffine,
  activation: lowerActivation,
  softmax: lowerSoftmax,
  pooling: lowerPooling,
  global_pooling: lowerGlobalPooling,
  binary: lowerBinary,
  concatenate: lowerConcatenate,
  reshape: lowerReshape,
  slice: lowerSlice,
  pad: lowerPad,
  layer_normalization: lowerLayerNormalization,
};

/** The layer graph as an ONNX model (opset 17) whose inputs and outputs keep Keras's order of axes. */
export function lowerToOnnx(graph: LayerGraph): OnnxModel {
  const builder = new OnnxBuilder(graph);
  for (const node of graph.nodes) lowerWith(lowerings, builder, node, graph);
  return builder.toModel();
}
