import type { Operation } from "../graph/operations.ts";
import { KerasModelError } from "../keras-model-error.ts";
import { isRecord, parseKerasObject } from "./keras-object.ts";
import { LayerConfig } from "./layer-config.ts";
import { type LayerCallContext, shapeOf, toAxes } from "./layer-reader.ts";
import { otherWay } from "./other-way.ts";

/** keras.activations by name, with the defaults of their functions. */
const activations: Record<string, Operation | "linear"> = {
  linear: "linear",
  relu: { type: "activation", kind: "relu" },
  relu6: { type: "activation", kind: "relu", maximum: 6 },
  leaky_relu: { type: "activation", kind: "leaky_relu", alpha: 0.2 },
  elu: { type: "activation", kind: "elu", alpha: 1 },
  selu: { type: "activation", kind: "selu" },
  gelu: { type: "activation", kind: "gelu" },
  sigmoid: { type: "activation", kind: "sigmoid" },
  hard_sigmoid: { type: "activation", kind: "hard_sigmoid" },
  silu: { type: "activation", kind: "silu" },
  swish: { type: "activation", kind: "silu" },
  hard_silu: { type: "activation", kind: "hard_silu" },
  hard_swish: { type: "activation", kind: "hard_silu" },
  mish: { type: "activation", kind: "mish" },
  tanh: { type: "activation", kind: "tanh" },
  softplus: { type: "activation", kind: "softplus" },
  softsign: { type: "activation", kind: "softsign" },
  exponential: { type: "activation", kind: "exponential" },
  softmax: { type: "softmax" },
};

/** Keras 2: clip(0.2 x + 0.5, 0, 1); Keras 3: relu6(x + 3) / 6. */
const hardSigmoidOfKeras2: Operation[] = [
  { type: "affine", scale: Float32Array.of(0.2), shift: Float32Array.of(0.5) },
  { type: "activation", kind: "relu", maximum: 1 },
];

/**
 * Appends what a layer's `activation` names.
 *
 * @throws KerasModelError that names an activation that is not supported
 */
export function addActivation(call: LayerCallContext, node: number, activation: unknown): number {
  return addInTurn(call, node, resolveActivation(call, activation));
}

/** Appends operations one after another. */
export function addInTurn(call: LayerCallContext, node: number, operations: readonly Operation[]): number {
  return operations.reduce((input, operation) => call.graph.add(operation, [input], call.name), node);
}

function resolveActivation(call: LayerCallContext, activation: unknown): Operation[] {
  if (activation === null || activation === undefined) return [];
  if (isRecord(activation) && isRecord(activation.config)) {
    const { className, config } = parseKerasObject(activation);
    return activationOfLayer(call, className, new LayerConfig(config, call.name));
  }
  return activationNamed(call, isRecord(activation) ? activation.config : activation);
}

function activationNamed(call: LayerCallContext, name: unknown): Operation[] {
  if (name === "hard_sigmoid" && call.kerasVersion === 2) return hardSigmoidOfKeras2;
  const operation =
    typeof name === "string" && Object.hasOwn(activations, name) ? activations[name] : undefined;
  if (!operation)
    throw new KerasModelError(
      `Activation ${JSON.stringify(name)} of layer ${call.name} is not supported; ${otherWay}`,
    );
  return operation === "linear" ? [] : [operation];
}

/** Activations that are layers with settings, as layers of a model or as another layer's activation. */
export function activationOfLayer(
  call: LayerCallContext,
  className: string,
  config: LayerConfig,
): Operation[] {
  switch (className) {
    case "Activation":
      return resolveActivation(call, config.raw("activation"));
    case "ReLU":
      return [readRelu(call, config)];
    case "LeakyReLU":
      return [
        {
          type: "activation",
          kind: "leaky_relu",
          alpha: config.number(config.has("alpha") ? "alpha" : "negative_slope"),
        },
      ];
    case "ELU":
      return [{ type: "activation", kind: "elu", alpha: config.number("alpha", 1) }];
    case "Softmax":
      return softmaxOver(call, config);
    default:
      throw new KerasModelError(
        `Activation ${className} of layer ${call.name} is not supported; ${otherWay}`,
      );
  }
}

/** A softmax over one axis. An axis other than the last is moved to the end and back. */
function softmaxOver(call: LayerCallContext, config: LayerConfig): Operation[] {
  const rank = shapeOf(call).length;
  const [axis = rank - 1, ...others] = toAxes(call, config.numbers("axis", -1));
  if (others.length > 0)
    throw new KerasModelError(`Layer ${call.name}: softmax over several axes is not supported; ${otherWay}`);
  if (axis === rank - 1) return [{ type: "softmax" }];
  const order = Array.from({ length: rank }, (_, index) =>
    index === axis ? rank - 1 : index === rank - 1 ? axis : index,
  );
  const swap: Operation = { type: "transpose", order };
  return [swap, { type: "softmax" }, swap];
}

function readRelu(call: LayerCallContext, config: LayerConfig): Operation {
  const slope = config.number("negative_slope", 0);
  const threshold = config.number("threshold", 0);
  const maximum = config.has("max_value") ? config.number("max_value") : undefined;
  if (threshold !== 0)
    throw new KerasModelError(`Layer ${call.name}: ReLU with a threshold is not supported; ${otherWay}`);
  if (slope === 0) return { type: "activation", kind: "relu", ...(maximum === undefined ? {} : { maximum }) };
  if (maximum !== undefined)
    throw new KerasModelError(
      `Layer ${call.name}: ReLU with a slope and a maximum is not supported; ${otherWay}`,
    );
  return { type: "activation", kind: "leaky_relu", alpha: slope };
}
