import { ModelError } from "../../../errors/model-error.ts";
import { channelsOf } from "../../graph/infer-shape.ts";
import { type LayerReader, shapeOf, tensorOf } from "../layer-reader.ts";
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

/** `x[..., ::-1]`: the channels in reverse, as `preprocess_input` of ResNet and VGG turns RGB to BGR. */
const reversedChannels = JSON.stringify(["...", { start: null, stop: null, step: -1 }]);

export const readSlicing: LayerReader = (call) => {
  const [, slices] = call.arguments;
  if (slices?.type !== "other" || JSON.stringify(slices.value) !== reversedChannels) {
    throw new ModelError(`Layer ${call.name}: indexing other than [..., ::-1] is not supported`);
  }
  const shape = shapeOf(call);
  const leading = shape.slice(0, -1);
  const channels = Array.from({ length: channelsOf(shape) }, (_, index) => channelsOf(shape) - 1 - index);
  const slicesInReverse = channels.map((channel) => {
    const begin = [...leading.map(() => 0), channel];
    const end = [...leading, channel + 1];
    return call.graph.add({ type: "slice", begin, end }, [tensorOf(call)], call.name);
  });
  return call.graph.add({ type: "concatenate", axis: shape.length - 1 }, slicesInReverse, call.name);
};
