import { ModelError } from "../../../errors/model-error.ts";
import type { ActivationKind, Operation } from "../../graph/operations.ts";
import { addOperation, assertLastAxis, type LayerReader, shapeOf } from "../layer-reader.ts";

/** keras.ops.relu and its like, without settings. */
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

export const readSoftmaxOperation: LayerReader = (call) => {
  assertLastAxis(call, call.config.raw("axis") ?? -1, shapeOf(call).length);
  return addOperation(call, { type: "softmax" });
};

/** Only clipping to 0..maximum: that is a relu with a limit. */
export const readClip: LayerReader = (call) => {
  if (call.config.number("x_min") !== 0) {
    throw new ModelError(`Layer ${call.name}: clip with a minimum other than 0 is not supported`);
  }
  const operation: Operation = { type: "activation", kind: "relu", maximum: call.config.number("x_max") };
  return addOperation(call, operation);
};
