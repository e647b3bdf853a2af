import { KerasModelError } from "../keras-model-error.ts";
import {
  assertNoMask,
  type CallArgument,
  isReference,
  parseConstant,
  parseReference,
} from "./call-arguments.ts";
import { isRecord } from "./keras-object.ts";

/** Replaces a layer's name where a constant follows. */
const constantMarker = "_CONSTANT_VALUE";

/**
 * Reads an entry of `inbound_nodes` as Keras 2 writes it: `[layer, call, output, settings]`, or a list of those. The
 * settings may hold constants (`{ y: 127.5 }`) and further values.
 *
 * @throws KerasModelError
 */
export function parseKeras2Call(node: unknown, layer: string): CallArgument[] {
  const entries: unknown = Array.isArray(node) && typeof node[0] === "string" ? [node] : node;
  if (!Array.isArray(entries))
    throw new KerasModelError(`Expected a list of values in inbound_nodes of layer ${layer}`);
  return entries.flatMap((entry) => parseEntry(entry, layer));
}

function parseEntry(entry: unknown, layer: string): CallArgument[] {
  if (!Array.isArray(entry))
    throw new KerasModelError(`Expected [layer, call, output] in inbound_nodes of layer ${layer}`);
  const settings = isRecord(entry[3]) ? entry[3] : {};
  if (settings.training === true) {
    throw new KerasModelError(
      `Layer ${layer} is called with training=True: its answers would change at random`,
    );
  }
  assertNoMask(settings.mask, layer);
  const first = entry[0] === constantMarker ? parseConstant(entry[2]) : parseTensor(entry);
  return [first, ...Object.entries(settings).flatMap(parseSetting)];
}

function parseTensor(entry: unknown): CallArgument {
  return { type: "tensor", reference: parseReference(entry) };
}

function parseSetting([parameter, value]: [string, unknown]): CallArgument[] {
  if (value === null || ["name", "data_format", "mask", "training"].includes(parameter)) return [];
  return [{ ...parseValue(value), parameter }];
}

function parseValue(value: unknown): CallArgument {
  if (isReference(value)) return parseTensor(value);
  const numbers = [value].flat();
  const isConstant = numbers.length > 0 && numbers.every((item) => typeof item === "number");
  return isConstant ? parseConstant(value) : { type: "other", value };
}
