import type { Shape } from "../graph/operations.ts";
import { type Chunk, Message } from "../protobuf/message.ts";

/**
 * Messages of TensorFlow's graph.proto, attr_value.proto, tensor.proto and meta_graph.proto
 * (github.com/tensorflow/tensorflow/tree/master/tensorflow/core), by their field numbers.
 */

export const dataType = { float32: 1, int32: 3, string: 7 } as const;

/** An attribute of a node, ready to be written. */
export const attribute = {
  text: (value: string) => new Message().string(2, value),
  integer: (value: number) => new Message().integer(3, value),
  float: (value: number) => new Message().float(4, value),
  boolean: (value: boolean) => new Message().integer(5, value),
  type: (value: number) => new Message().integer(6, value),
  shape: (value: Shape) => new Message().message(7, createShape(value)),
  tensor: (value: Message) => new Message().message(8, value),
  integers: (values: readonly number[]) => new Message().message(1, new Message().integers(3, values)),
  types: (values: readonly number[]) => new Message().message(1, new Message().integers(6, values)),
};

export function createShape(shape: Shape): Message {
  const message = new Message();
  for (const size of shape) message.message(2, new Message().integer(1, size ?? -1));
  return message;
}

export function createNode(
  type: string,
  inputs: readonly string[],
  name: string,
  attributes: Record<string, Message>,
): Message {
  const node = new Message().string(1, name).string(2, type);
  for (const input of inputs) node.string(3, input);
  for (const [key, value] of Object.entries(attributes)) node.entry(5, key, value);
  return node;
}

export function createTensor(type: number, shape: readonly number[], content: Chunk): Message {
  return new Message().integer(1, type).message(2, createShape(shape)).bytes(4, content);
}

export function createTextTensor(values: readonly string[]): Message {
  const tensor = new Message().integer(1, dataType.string).message(2, createShape([values.length]));
  for (const value of values) tensor.string(8, value);
  return tensor;
}

export interface SignatureEntry {
  /** Name in the signature. */
  name: string;
  /** Name of the node whose first output it is. */
  node: string;
  shape: Shape;
}

export function createSignature(
  inputs: readonly SignatureEntry[],
  outputs: readonly SignatureEntry[],
): Message {
  const signature = new Message();
  for (const input of inputs) signature.entry(1, input.name, createTensorInfo(input));
  for (const output of outputs) signature.entry(2, output.name, createTensorInfo(output));
  return signature.string(3, "tensorflow/serving/predict");
}

function createTensorInfo({ node, shape }: SignatureEntry): Message {
  return new Message().string(1, `${node}:0`).integer(2, dataType.float32).message(3, createShape(shape));
}

export interface SavedModelParts {
  nodes: readonly Message[];
  signature: Message;
  /** Names of the nodes that take the checkpoint's path and restore the variables; undefined without variables. */
  saver: { path: string; restore: string } | undefined;
}

export const servingTag = "serve";
export const signatureName = "serving_default";

export function createSavedModel({ nodes, signature, saver }: SavedModelParts): Message {
  const graph = new Message();
  for (const node of nodes) graph.message(1, node);
  const producer = 1087;
  const minimumConsumer = 12;
  graph.message(4, new Message().integer(1, producer).integer(2, minimumConsumer));
  const metaGraph = new Message().message(1, new Message().string(4, servingTag)).message(2, graph);
  if (saver) metaGraph.message(3, createSaver(saver));
  metaGraph.entry(5, signatureName, signature);
  const schemaVersion = 1;
  return new Message().integer(1, schemaVersion).message(2, metaGraph);
}

function createSaver({ path, restore }: { path: string; restore: string }): Message {
  const formatVersion2 = 2;
  return new Message()
    .string(1, `${path}:0`)
    .string(2, `${path}:0`)
    .string(3, restore)
    .integer(7, formatVersion2);
}
