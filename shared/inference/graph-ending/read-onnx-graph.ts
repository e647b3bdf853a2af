import { isTap } from "../engines/read-taps.ts";
import { type MessageReader, type ProtobufField, readMessages } from "./message-reader.ts";
import { createOperationGraph, type ModelGraph, type OperationGraph } from "./operation-graph.ts";

/** Field numbers of onnx.proto (github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
const model = { graph: 7, functions: 25 };
const graphFields = { node: 1, initializer: 5, input: 11, output: 12 };
const functionFields = { name: 1, input: 4, output: 5, node: 7, domain: 10 };
const node = { input: 1, output: 2, type: 4, attribute: 5, domain: 7 };
const attribute = { name: 1, float: 2, integer: 3, tensor: 5, integers: 8 };
const tensor = { int64: 7, name: 8, raw: 9 };
const namedBy = { tensor: tensor.name, value: 1 };
/** Axes of a tensor take less. */
const longestListBytes = 100;

/** Operations and connections of an `.onnx` file; its weights are skipped. */
export function readOnnxGraph(path: string): ModelGraph {
  return readMessages(path, (reader) => {
    const functions = new Map<string, OperationGraph>();
    const main = createOperationGraph();
    for (const field of reader.fields(0, reader.sizeBytes)) {
      if (field.number === model.graph) readGraph(reader, field, main);
      if (field.number === model.functions) {
        const { key, graph } = readFunction(reader, field);
        functions.set(key, graph);
      }
    }
    return { main, functions };
  });
}

function readGraph(reader: MessageReader, { start, end }: ProtobufField, graph: OperationGraph): void {
  for (const field of reader.fields(start, end)) {
    if (field.number === graphFields.node) addNode(reader, field, graph);
    if (field.number === graphFields.initializer) {
      const name = nameOf(reader, field, namedBy.tensor);
      graph.constants.add(name);
      graph.lists.set(name, readTensor(reader, field));
    }
    if (field.number === graphFields.input) graph.inputs.push(nameOf(reader, field, namedBy.value));
    if (field.number !== graphFields.output) continue;
    const output = nameOf(reader, field, namedBy.value);
    if (!isTap(output)) graph.outputs.push(output);
  }
}

function readFunction(
  reader: MessageReader,
  { start, end }: ProtobufField,
): { key: string; graph: OperationGraph } {
  const graph = createOperationGraph();
  let name = "";
  let domain = "";
  for (const field of reader.fields(start, end)) {
    if (field.number === functionFields.name) name = reader.text(field);
    if (field.number === functionFields.domain) domain = reader.text(field);
    if (field.number === functionFields.input) graph.inputs.push(reader.text(field));
    if (field.number === functionFields.output) graph.outputs.push(reader.text(field));
    if (field.number === functionFields.node) addNode(reader, field, graph);
  }
  return { key: `${domain}:${name}`, graph };
}

function addNode(reader: MessageReader, { start, end }: ProtobufField, graph: OperationGraph): void {
  const operation = { type: "", inputs: [] as string[], calls: "", attributes: {}, lists: {} };
  const outputs: string[] = [];
  let domain = "";
  for (const field of reader.fields(start, end)) {
    if (field.number === node.input) operation.inputs.push(reader.text(field));
    if (field.number === node.output) outputs.push(reader.text(field));
    if (field.number === node.attribute) {
      Object.assign(operation.attributes, readAttribute(reader, field));
      Object.assign(operation.lists, readListAttribute(reader, field));
    }
    if (field.number === node.type) operation.type = reader.text(field);
    if (field.number === node.domain) domain = reader.text(field);
  }
  operation.calls = `${domain}:${operation.type}`;
  for (const [index, output] of outputs.entries()) {
    if (operation.type === "Constant") {
      graph.constants.add(output);
      for (const list of Object.values<number[]>(operation.lists)) graph.lists.set(output, list);
    } else graph.producers.set(output, { operation, index });
  }
}

/** An attribute that is one number, by its name. */
function readAttribute(reader: MessageReader, { start, end }: ProtobufField): Record<string, number> {
  let name = "";
  let number: number | undefined;
  for (const field of reader.fields(start, end)) {
    if (field.number === attribute.name) name = reader.text(field);
    if (field.number === attribute.float || field.number === attribute.integer) number = field.value;
  }
  return number === undefined ? {} : { [name]: number };
}

/** An attribute that is a list of whole numbers or a tensor of them, by its name. */
function readListAttribute(reader: MessageReader, { start, end }: ProtobufField): Record<string, number[]> {
  let name = "";
  const list: number[] = [];
  for (const field of reader.fields(start, end)) {
    if (field.number === attribute.name) name = reader.text(field);
    if (field.number === attribute.integers) list.push(...readSigned(reader, field));
    if (field.number === attribute.tensor) list.push(...readTensor(reader, field));
  }
  return list.length === 0 ? {} : { [name]: list };
}

/** A short tensor of whole numbers of 64 bits; what any other one gives is of no use. */
function readTensor(reader: MessageReader, { start, end }: ProtobufField): number[] {
  const list: number[] = [];
  for (const field of reader.fields(start, end)) {
    if (field.number === tensor.int64) list.push(...readSigned(reader, field));
    if (field.number !== tensor.raw || field.end - field.start > longestListBytes) continue;
    const bytes = reader.bytes(field);
    for (let at = 0; at + 8 <= bytes.length; at += 8) list.push(Number(bytes.readBigInt64LE(at)));
  }
  return list;
}

/** The numbers of an int64 field, packed or a single one. Negative ones have ten bytes. */
function readSigned(reader: MessageReader, field: ProtobufField): number[] {
  if (field.end - field.start > longestListBytes) return [];
  const list: number[] = [];
  let [value, shift] = [0n, 0n];
  for (const byte of reader.bytes(field)) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte >= 128) continue;
    list.push(Number(BigInt.asIntN(64, value)));
    [value, shift] = [0n, 0n];
  }
  return list;
}

function nameOf(reader: MessageReader, { start, end }: ProtobufField, number: number): string {
  for (const field of reader.fields(start, end)) {
    if (field.number === number) return reader.text(field);
  }
  return "";
}
