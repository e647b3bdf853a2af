import { type LayerReader, tensorOf } from "../layer-reader.ts";
import { readConcatenate } from "../layers/merge-layers.ts";
import {
  createActivationOperationReader,
  readClip,
  readElu,
  readGelu,
  readLeakyRelu,
  readSoftmaxOperation,
} from "./activations.ts";
import { createArithmeticReader } from "./arithmetic.ts";
import {
  createReductionReader,
  readExpandDimensions,
  readGetItem,
  readReshapeOperation,
  readSqueeze,
  readStack,
} from "./shapes.ts";

/** Between float types only: the graph computes in float32 throughout. */
const readCast: LayerReader = (call) => {
  call.config.oneOf("dtype", ["float16", "float32", "float64", "bfloat16"]);
  return tensorOf(call);
};

/** Every operation of keras.ops that can be served, by class name. */
export const operationReaders = new Map<string, LayerReader>([
  ["Add", createArithmeticReader("add")],
  ["Subtract", createArithmeticReader("subtract")],
  ["Multiply", createArithmeticReader("multiply")],
  ["Divide", createArithmeticReader("divide")],
  ["TrueDivide", createArithmeticReader("divide")],
  ["Maximum", createArithmeticReader("maximum")],
  ["Minimum", createArithmeticReader("minimum")],
  ["Relu", createActivationOperationReader("relu")],
  ["Relu6", createActivationOperationReader("relu", { maximum: 6 })],
  ["Sigmoid", createActivationOperationReader("sigmoid")],
  ["HardSigmoid", createActivationOperationReader("hard_sigmoid")],
  ["Silu", createActivationOperationReader("silu")],
  ["HardSilu", createActivationOperationReader("hard_silu")],
  ["Selu", createActivationOperationReader("selu")],
  ["Tanh", createActivationOperationReader("tanh")],
  ["Softplus", createActivationOperationReader("softplus")],
  ["Softsign", createActivationOperationReader("softsign")],
  ["Exp", createActivationOperationReader("exponential")],
  ["LeakyRelu", readLeakyRelu],
  ["Elu", readElu],
  ["Gelu", readGelu],
  ["Softmax", readSoftmaxOperation],
  ["Clip", readClip],
  ["Cast", readCast],
  ["Concatenate", readConcatenate],
  ["Reshape", readReshapeOperation],
  ["ExpandDims", readExpandDimensions],
  ["Squeeze", readSqueeze],
  ["Mean", createReductionReader("average")],
  ["Max", createReductionReader("maximum")],
  ["GetItem", readGetItem],
  ["Stack", readStack],
]);
