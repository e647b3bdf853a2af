import type { LayerReader } from "../layer-reader.ts";
import { createActivationReader } from "./activation-layers.ts";
import { readConvolution, readDepthwiseConvolution, readSeparableConvolution } from "./convolution-layers.ts";
import { readDense } from "./dense-layer.ts";
import { inactiveLayers, readInactive } from "./inactive-layers.ts";
import { readSlicing, readTensorflowFunction } from "./keras-2-layers.ts";
import { createMergeReader, readAverage, readConcatenate } from "./merge-layers.ts";
import {
  readBatchNormalization,
  readLayerNormalization,
  readLayerScale,
  readNormalization,
  readRescaling,
} from "./normalization-layers.ts";
import { createGlobalPoolingReader, createPoolingReader } from "./pooling-layers.ts";
import { readCenterCrop, readCropping, readFlatten, readReshape, readZeroPadding } from "./shape-layers.ts";

/** Every Keras layer that can be served, by class name. */
export const layerReaders = new Map<string, LayerReader>([
  ["Conv2D", readConvolution],
  ["DepthwiseConv2D", readDepthwiseConvolution],
  ["SeparableConv2D", readSeparableConvolution],
  ["Dense", readDense],
  ["BatchNormalization", readBatchNormalization],
  ["LayerNormalization", readLayerNormalization],
  ["Normalization", readNormalization],
  ["Rescaling", readRescaling],
  ["LayerScale", readLayerScale],
  ["Activation", createActivationReader("Activation")],
  ["ReLU", createActivationReader("ReLU")],
  ["LeakyReLU", createActivationReader("LeakyReLU")],
  ["ELU", createActivationReader("ELU")],
  ["Softmax", createActivationReader("Softmax")],
  ["MaxPooling2D", createPoolingReader("maximum")],
  ["AveragePooling2D", createPoolingReader("average")],
  ["GlobalMaxPooling2D", createGlobalPoolingReader("maximum")],
  ["GlobalAveragePooling2D", createGlobalPoolingReader("average")],
  ["Add", createMergeReader("add")],
  ["Subtract", createMergeReader("subtract")],
  ["Multiply", createMergeReader("multiply")],
  ["Maximum", createMergeReader("maximum")],
  ["Minimum", createMergeReader("minimum")],
  ["Average", readAverage],
  ["Concatenate", readConcatenate],
  ["Flatten", readFlatten],
  ["Reshape", readReshape],
  ["ZeroPadding2D", readZeroPadding],
  ["Cropping2D", readCropping],
  ["CenterCrop", readCenterCrop],
  ["TFOpLambda", readTensorflowFunction],
  ["SlicingOpLambda", readSlicing],
  ...inactiveLayers.map((name): [string, LayerReader] => [name, readInactive]),
]);
