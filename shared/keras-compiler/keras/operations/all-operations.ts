import { addBinary, addReciprocal, addScaled, addSquareRoot } from "../formulas.ts";
import { type LayerReader, type PartsReader, tensorOf } from "../layer-reader.ts";
import { createActivationReader } from "../layers/activation-layers.ts";
import { readConcatenate } from "../layers/merge-layers.ts";
import { createPoolingReader } from "../layers/pooling-layers.ts";
import { readResizing } from "../layers/resizing-layers.ts";
import {
  createActivationOperationReader,
  readClip,
  readElu,
  readGelu,
  readLeakyRelu,
} from "./activations.ts";
import { createArithmeticReader } from "./arithmetic.ts";
import { readCast } from "./cast.ts";
import { readFlip, readIndexing } from "./indexing.ts";
import {
  createReductionReader,
  readDeviation,
  readExpandDimensions,
  readGrayscale,
  readMatrixProduct,
  readMoveAxis,
  readNorm,
  readPad,
  readReshapeOperation,
  readSplit,
  readSqueeze,
  readStack,
  readSwapAxes,
  readTransposeOperation,
  readUnitLength,
  readVariance,
} from "./shapes.ts";

const readNegative: LayerReader = (call) => addScaled(call, tensorOf(call), -1);
const readReciprocal: LayerReader = (call) => addReciprocal(call, tensorOf(call));
const readReciprocalRoot: LayerReader = (call) => addReciprocal(call, addSquareRoot(call, tensorOf(call)));
const readSquare: LayerReader = (call) => addBinary(call, "multiply", tensorOf(call), tensorOf(call));

/** Every operation of keras.ops that can be compiled, by class name. */
export const operationReaders = new Map<string, LayerReader | PartsReader>([
  ["Add", createArithmeticReader("add")],
  ["Subtract", createArithmeticReader("subtract")],
  ["Multiply", createArithmeticReader("multiply")],
  ["Divide", createArithmeticReader("divide")],
  ["TrueDivide", createArithmeticReader("divide")],
  ["Maximum", createArithmeticReader("maximum")],
  ["Minimum", createArithmeticReader("minimum")],
  ["Power", createArithmeticReader("power")],
  ["Absolute", createActivationOperationReader("absolute")],
  ["Abs", createActivationOperationReader("absolute")],
  ["Sqrt", createActivationOperationReader("square_root")],
  ["Log", createActivationOperationReader("logarithm")],
  ["Erf", createActivationOperationReader("error_function")],
  ["Floor", createActivationOperationReader("floor")],
  ["Reciprocal", readReciprocal],
  ["Rsqrt", readReciprocalRoot],
  ["Norm", readNorm],
  ["Negative", readNegative],
  ["Square", readSquare],
  ["Normalize", readUnitLength],
  ["Matmul", readMatrixProduct],
  ["Transpose", readTransposeOperation],
  ["Swapaxes", readSwapAxes],
  ["Moveaxis", readMoveAxis],
  ["Pad", readPad],
  ["Split", readSplit],
  ["MaxPool", createPoolingReader("maximum")],
  ["AveragePool", createPoolingReader("average")],
  ["Resize", readResizing],
  ["RGBToGrayscale", readGrayscale],
  ["Flip", readFlip],
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
  ["Softmax", createActivationReader("Softmax")],
  ["Clip", readClip],
  ["Cast", readCast],
  ["Concatenate", readConcatenate],
  ["Reshape", readReshapeOperation],
  ["ExpandDims", readExpandDimensions],
  ["Squeeze", readSqueeze],
  ["Mean", createReductionReader("average")],
  ["Max", createReductionReader("maximum")],
  ["Amax", createReductionReader("maximum")],
  ["Min", createReductionReader("minimum")],
  ["Amin", createReductionReader("minimum")],
  ["Sum", createReductionReader("sum")],
  ["Var", readVariance],
  ["Std", readDeviation],
  ["GetItem", readIndexing],
  ["Stack", readStack],
]);
