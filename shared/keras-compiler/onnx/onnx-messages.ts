import type { Shape } from "../graph/operations.ts";
import { type Chunk, Message } from "../protobuf/message.ts";

/** Messages of onnx.proto (github.com/onnx/onnx/blob/main/onnx/onnx.proto), by their field numbers. */

/** This wrapper distinguishes floating-point attributes from integers: `{ float: 1 }`. */
export type AttributeValue = number | string | readonly number[] | { float: number };

const attributeType = { float: 1, integer: 2, string: 3, integers: 7 } as const;
export const dataType = { float32: 1, int64: 7 } as const;

export function createNode(
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: Record<string, AttributeValue>,
): Message {
  const node = new Message();
  for (const input of inputs) node.string(1, input);
  node.string(2, output).string(3, output).string(4, type);
  for (const [name, value] of Object.entries(attributes)) node.message(5, createAttribute(name, value));
  return node;
}

function createAttribute(name: string, value: AttributeValue): Message {
  const attribute = new Message().string(1, name);
  if (typeof value === "number") return attribute.integer(3, value).integer(20, attributeType.integer);
  if (typeof value === "string") return attribute.string(4, value).integer(20, attributeType.string);
  if ("float" in value) return attribute.float(2, value.float).integer(20, attributeType.float);
  return attribute.integers(8, value).integer(20, attributeType.integers);
}

export function createTensor(name: string, type: number, shape: readonly number[], content: Chunk): Message {
  return new Message().integers(1, shape).integer(2, type).string(8, name).bytes(9, content);
}

/** Where a tensor's content lies in a file beside the model's. */
export interface ExternalContent {
  file: string;
  offset: number;
  byteLength: number;
}

/** A tensor whose content is in another file, which the engine maps instead of copying. */
export function createExternalTensor(
  name: string,
  type: number,
  shape: readonly number[],
  { file, offset, byteLength }: ExternalContent,
): Message {
  const isExternal = 1;
  const tensor = new Message().integers(1, shape).integer(2, type).string(8, name).integer(14, isExternal);
  const entries = { location: file, offset: String(offset), length: String(byteLength) };
  for (const [key, value] of Object.entries(entries))
    tensor.message(13, new Message().string(1, key).string(2, value));
  return tensor;
}

/** Name, element type and shape of a graph's float32 input or output; the batch is named N. */
export function createValueInfo(name: string, shape: Shape): Message {
  const dimensions = new Message();
  for (const size of shape) {
    dimensions.message(1, size === null ? new Message().string(2, "N") : new Message().integer(1, size));
  }
  const tensorType = new Message().integer(1, dataType.float32).message(2, dimensions);
  return new Message().string(1, name).message(2, new Message().message(1, tensorType));
}

export interface OnnxGraph {
  nodes: readonly Message[];
  tensors: readonly Message[];
  inputs: readonly Message[];
  outputs: readonly Message[];
}

export function createModel(graph: OnnxGraph, opset: number): Message {
  const body = new Message();
  for (const node of graph.nodes) body.message(1, node);
  body.string(2, "layer_graph");
  for (const tensor of graph.tensors) body.message(5, tensor);
  for (const input of graph.inputs) body.message(11, input);
  for (const output of graph.outputs) body.message(12, output);
  const irVersion = 8;
  const operatorSet = new Message().string(1, "").integer(2, opset);
  return new Message()
    .integer(1, irVersion)
    .string(2, "keras-compiler")
    .message(7, body)
    .message(8, operatorSet);
}
