import { KerasModelError } from "../keras-model-error.ts";
import { isRecord } from "./keras-object.ts";
import { otherWay } from "./other-way.ts";

/** Which output of which call of which layer: `layer/call/output`. */
export type TensorReference = string;

/**
 * What a layer is called with: values of the graph, constants, or anything else as it is in the file. `parameter` is
 * its name where it is given by name.
 */
export type CallArgument = { parameter?: string } & (
  | { type: "tensor"; reference: TensorReference }
  | { type: "constant"; values: Float32Array; shape: number[] }
  | { type: "other"; value: unknown }
);

/**
 * Reads an entry of `inbound_nodes` as Keras 3 writes it, `{ args, kwargs }`: values in the order they were given, with
 * lists flattened. `training` is left out, because predicting overrides it.
 *
 * @throws KerasModelError
 */
export function parseCall(node: unknown, layer: string): CallArgument[] {
  if (!isRecord(node))
    throw new KerasModelError(`Expected args and kwargs in inbound_nodes of layer ${layer}`);
  const { training: _, mask, ...named } = isRecord(node.kwargs) ? node.kwargs : {};
  assertNoMask(mask, layer);
  const positional = Array.isArray(node.args) ? node.args.flatMap(flattenArgument) : [];
  return [...positional, ...Object.entries(named).flatMap(nameArguments)];
}

/**
 * Refuses a mask, which changes the answer. Layers of several inputs have a list of masks.
 *
 * @throws KerasModelError
 */
export function assertNoMask(mask: unknown, layer: string): void {
  if ([mask].flat().every((item) => item === null || item === undefined)) return;
  throw new KerasModelError(`Layer ${layer} is called with a mask, which is not supported; ${otherWay}`);
}

function nameArguments([parameter, value]: [string, unknown]): CallArgument[] {
  return flattenArgument(value).map((argument) => ({ ...argument, parameter }));
}

/** A list without values of the graph, such as the indices of `x[:, 0]`, stays as it is. */
function flattenArgument(value: unknown): CallArgument[] {
  if (value === null || value === undefined) return [];
  const holdsTensors = Array.isArray(value) && JSON.stringify(value).includes("__keras_tensor__");
  return holdsTensors ? value.flatMap(flattenArgument) : [parseArgument(value)];
}

function parseArgument(value: unknown): CallArgument {
  if (typeof value === "number") return parseConstant(value);
  if (!isRecord(value) || !isRecord(value.config)) return { type: "other", value };
  switch (value.class_name) {
    case "__keras_tensor__":
      return { type: "tensor", reference: parseReference(value.config.keras_history) };
    case "__tensor__":
    case "__numpy__":
      return parseConstant(value.config.value);
    default:
      return { type: "other", value };
  }
}

/**
 * A number, or a list of them, however deeply nested.
 *
 * @throws KerasModelError
 */
export function parseConstant(value: unknown): CallArgument {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const values = [value].flat(16).map(Number);
  if (values.some(Number.isNaN))
    throw new KerasModelError("A layer is called with a constant that holds no numbers");
  return { type: "constant", values: Float32Array.from(values), shape };
}

/** `[layer, call, output]` as one key. */
export function parseReference(history: unknown): TensorReference {
  if (isReference(history)) return history.slice(0, 3).join("/");
  throw new KerasModelError("Expected [layer, call, output] where the model's configuration names a value");
}

export function isReference(value: unknown): value is [string, number, number, ...unknown[]] {
  return (
    Array.isArray(value) &&
    typeof value[0] === "string" &&
    typeof value[1] === "number" &&
    typeof value[2] === "number"
  );
}

/** `input_layers` or `output_layers`: one reference, or a list or a dictionary of them. */
export function parseReferences(value: unknown): TensorReference[] {
  if (isReference(value)) return [parseReference(value)];
  if (Array.isArray(value)) return value.flatMap(parseReferences);
  if (isRecord(value)) return Object.values(value).flatMap(parseReferences);
  throw new KerasModelError("Expected the model's inputs and outputs in its configuration");
}
