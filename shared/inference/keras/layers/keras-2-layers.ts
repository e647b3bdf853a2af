import { ModelError } from "../../../errors/model-error.ts";
import type { LayerReader } from "../layer-reader.ts";
import { createActivationOperationReader } from "../operations/activations.ts";
import { createArithmeticReader } from "../operations/arithmetic.ts";

/** TensorFlow functions that Keras 2 keeps as layers (TFOpLambda), by their names in its files. */
const functions = new Map<string, LayerReader>([
  ["math.add", createArithmeticReader("add")],
  ["__operators__.add", createArithmeticReader("add")],
  ["nn.bias_add", createArithmeticReader("add")],
  ["math.subtract", createArithmeticReader("subtract")],
  ["math.multiply", createArithmeticReader("multiply")],
  ["math.truediv", createArithmeticReader("divide")],
  ["math.divide", createArithmeticReader("divide")],
  ["nn.relu", createActivationOperationReader("relu")],
  ["nn.relu6", createActivationOperationReader("relu", { maximum: 6 })],
  ["math.sigmoid", createActivationOperationReader("sigmoid")],
  ["nn.silu", createActivationOperationReader("silu")],
]);

export const readTensorflowFunction: LayerReader = (call) => {
  const name = call.config.text("function");
  const reader = functions.get(name);
  if (!reader) throw new ModelError(`Layer ${call.name}: the TensorFlow function ${name} is not supported`);
  return reader(call);
};
