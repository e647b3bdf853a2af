import type { LayerGraph } from "../graph/layer-graph.ts";
import {
  lowerActivation,
  lowerAffine,
  lowerBinary,
  lowerLayerNormalization,
  lowerSoftmax,
} from "./lower-elementwise.ts";
import { lowerConstant, lowerConvolution, lowerDense, lowerMatrixProduct } from "./lower-kernels.ts";
import { lowerPooling, lowerReduction } from "./lower-pooling.ts";
import {
  lowerConcatenate,
  lowerPad,
  lowerReshape,
  lowerResize,
  lowerSlice,
  lowerTranspose,
} from "./lower-shapes.ts";
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

/**
 * The layer graph as an ONNX model (opset 18) whose inputs and outputs keep Keras's order of axes.
 *
 * @param weightsFile name of the file that will hold the weights, beside the model's own
 */
export function lowerToOnnx(graph: LayerGraph, weightsFile: string): OnnxModel {
  const builder = new OnnxBuilder(graph, weightsFile);
  for (const node of graph.nodes) lowerWith(lowerings, builder, node, graph);
  return builder.toModel();
}
