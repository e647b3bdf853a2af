import type { LayerReader } from "../layer-reader.ts";
import { readIndexing } from "../operations/indexing.ts";
import { createActivationReader, readParametricRelu } from "./activation-layers.ts";
import { multiHeadAttentionParts, readAttention, readMultiHeadAttention } from "./attention-layers.ts";
import { readConvolution, readDepthwiseConvolution, readSeparableConvolution } from "./convolution-layers.ts";
import { readDense } from "./dense-layer.ts";
import { inactiveLayers, readInactive } from "./inactive-layers.ts";
import { readTensorflowFunction } from "./keras-2-layers.ts";
import { createMergeReader, readAverage, readConcatenate } from "./merge-layers.ts";
import {
  readBatchNormalization,
  readGroupNormalization,
  readLayerNormalization,
  readLayerScale,
  readNormalization,
  readRescaling,
  readRootMeanSquareNormalization,
  readUnitNormalization,
} from "./normalization-layers.ts";
import { createGlobalPoolingReader, createPoolingReader } from "./pooling-layers.ts";
import { readResizing, readUpSampling } from "./resizing-layers.ts";
import { createPooling1DReader, readConvolution1D } from "./sequence-layers.ts";
import {
  readCenterCrop,
  readCropping,
  readFlatten,
  readPermute,
  readReshape,
  readZeroPadding,
} from "./shape-layers.ts";

/** Every Keras layer that can be compiled, by class name. */
export const layerReaders = new Map<string, LayerReader>([
  ["Conv2D", readConvolution],
  ["DepthwiseConv2D", readDepthwiseConvolution],
  ["SeparableConv2D", readSeparableConvolution],
  ["Conv1D", readConvolution1D],
  ["Dense", readDense],
  ["MultiHeadAttention", readMultiHeadAttention],
  ["Attention", readAttention],
  ["BatchNormalization", readBatchNormalization],
  ["LayerNormalization", readLayerNormalization],
  ["GroupNormalization", readGroupNormalization],
  ["RMSNormalization", readRootMeanSquareNormalization],
  ["UnitNormalization", readUnitNormalization],
  ["Normalization", readNormalization],
  ["Rescaling", readRescaling],
  ["LayerScale", readLayerScale],
  ["Activation", createActivationReader("Activation")],
  ["ReLU", createActivationReader("ReLU")],
  ["LeakyReLU", createActivationReader("LeakyReLU")],
  ["ELU", createActivationReader("ELU")],
  ["PReLU", readParametricRelu],
  ["Softmax", createActivationReader("Softmax")],
  ["MaxPooling2D", createPoolingReader("maximum")],
  ["AveragePooling2D", createPoolingReader("average")],
  ["GlobalMaxPooling2D", createGlobalPoolingReader("maximum", [1, 2])],
  ["GlobalAveragePooling2D", createGlobalPoolingReader("average", [1, 2])],
  ["MaxPooling1D", createPooling1DReader("maximum")],
  ["AveragePooling1D", createPooling1DReader("average")],
  ["GlobalMaxPooling1D", createGlobalPoolingReader("maximum", [1])],
  ["GlobalAveragePooling1D", createGlobalPoolingReader("average", [1])],
  ["Add", createMergeReader("add")],
  ["Subtract", createMergeReader("subtract")],
  ["Multiply", createMergeReader("multiply")],
  ["Maximum", createMergeReader("maximum")],
  ["Minimum", createMergeReader("minimum")],
  ["Average", readAverage],
  ["Concatenate", readConcatenate],
  ["Flatten", readFlatten],
  ["Reshape", readReshape],
  ["Permute", readPermute],
  ["Resizing", readResizing],
  ["UpSampling2D", readUpSampling],
  ["ZeroPadding2D", readZeroPadding],
  ["Cropping2D", readCropping],
  ["CenterCrop", readCenterCrop],
  ["TFOpLambda", readTensorflowFunction],
  ["SlicingOpLambda", readIndexing],
  ...inactiveLayers.map((name): [string, LayerReader] => [name, readInactive]),
]);

/** Layers inside a layer that hold its weights, in the order in which Keras lists them. */
export function partsOf(className: string, kerasVersion: 2 | 3): readonly string[] {
  if (className !== "MultiHeadAttention") return [];
  return multiHeadAttentionParts.map((part) => (kerasVersion === 2 ? `_${part}` : part));
}
