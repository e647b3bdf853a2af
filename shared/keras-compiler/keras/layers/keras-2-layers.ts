import { KerasModelError } from "../../keras-model-error.ts";
import { LayerConfig } from "../layer-config.ts";
import type { LayerCallContext, LayerReader } from "../layer-reader.ts";
import { createActivationOperationReader } from "../operations/activations.ts";
import { createArithmeticReader } from "../operations/arithmetic.ts";
import { readCast } from "../operations/cast.ts";
import { createReductionReader } from "../operations/shapes.ts";
import { otherWay } from "../other-way.ts";
import { readConcatenate } from "./merge-layers.ts";

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
  ["math.reduce_mean", createReductionReader("average")],
  ["math.reduce_max", createReductionReader("maximum")],
  ["math.reduce_sum", createReductionReader("sum")],
  ["concat", readConcatenate],
  ["cast", readCast],
]);

export const readTensorflowFunction: LayerReader = (call) => {
  const name = call.config.text("function");
  const reader = functions.get(name);
  if (!reader) {
    throw new KerasModelError(
      `Layer ${call.name}: the TensorFlow function ${name} is not supported; ${otherWay}`,
    );
  }
  return reader({ ...call, config: new LayerConfig(settingsOf(call), call.name) });
};

/** Settings are in the call, not in the layer's configuration: `{ axis: [1, 2], keepdims: true }`. */
function settingsOf(call: LayerCallContext): Record<string, unknown> {
  const settings = call.arguments.flatMap((argument) => {
    if (argument.type === "tensor" || argument.parameter === undefined) return [];
    const value = argument.type === "other" ? argument.value : Array.from(argument.values);
    return [[argument.parameter, Array.isArray(value) && value.length === 1 ? value[0] : value]];
  });
  return Object.fromEntries(settings);
}
