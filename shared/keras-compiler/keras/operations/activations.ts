import type { ActivationKind } from "../../graph/operations.ts";
import { addBinary, addNumber } from "../formulas.ts";
import { addOperation, type LayerReader, shapeOf, tensorOf } from "../layer-reader.ts";

/** keras.ops.relu and the like, without settings. */
export function createActivationOperationReader(
  kind: ActivationKind,
  settings: { maximum?: number } = {},
): LayerReader {
  return (call) => addOperation(call, { type: "activation", kind, ...settings });
}

export const readLeakyRelu: LayerReader = (call) =>
  addOperation(call, {
    type: "activation",
    kind: "leaky_relu",
    alpha: call.config.number("negative_slope", 0.2),
  });

export const readElu: LayerReader = (call) =>
  addOperation(call, { type: "activation", kind: "elu", alpha: call.config.number("alpha", 1) });

/** Unlike the activation of the same name, the operation approximates unless told otherwise. */
export const readGelu: LayerReader = (call) =>
  addOperation(call, {
    type: "activation",
    kind: call.config.boolean("approximate", true) ? "gelu_tanh" : "gelu",
  });

export const readClip: LayerReader = (call) => {
  const rank = shapeOf(call).length;
  const [low, high] = [call.config.number("x_min"), call.config.number("x_max")];
  const raised = addBinary(call, "maximum", tensorOf(call), addNumber(call, low, rank));
  return addBinary(call, "minimum", raised, addNumber(call, high, rank));
};
