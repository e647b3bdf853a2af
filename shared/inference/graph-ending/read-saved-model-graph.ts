import { join } from "node:path";
import { isTap } from "../engines/read-taps.ts";
import { type MessageReader, type ProtobufField, readMessages } from "./message-reader.ts";
import { createOperationGraph, type ModelGraph, type OperationGraph } from "./operation-graph.ts";

/**
 * Field numbers of saved_model.proto, meta_graph.proto, graph.proto, node_def.proto, function.proto and op_def.proto
 * (github.com/tensorflow/tensorflow/tree/master/tensorflow/core).
 */
const metaGraphOf = { savedModel: 2 };
const metaGraph = { graph: 2, signature: 5 };
const signature = { outputs: 2 };
const graphFields = { node: 1, library: 2 };
const library = { function: 1 };
const functionFields = { signature: 1, node: 3, results: 4 };
const operationDefinition = { name: 1, input: 2, output: 3 };
const node = { name: 1, type: 2, input: 3, attributes: 5 };
const entry = { key: 1, value: 2 };
/** AttrValue.func and NameAttrList.name; TensorInfo.name; ArgDef.name. */
const attribute = { function: 10, functionName: 1 };
const tensorInfoName = 1;
const argumentName = 1;

const constantTypes = new Set(["Const", "VarHandleOp", "ReadVariableOp", "VariableV2"]);

/**
 * Operations and connections of a SavedModel, with its functions; constants are skipped.
 *
 * @param signatureName the signature whose outputs are read: `serving_default`
 */
export function readSavedModelGraph(folder: string, signatureName: string): ModelGraph {
  return readMessages(join(folder, "saved_model.pb"), (reader) => {
    const functions = new Map<string, OperationGraph>();
    const main = createOperationGraph();
    for (const meta of select(reader, whole(reader), metaGraphOf.savedModel)) {
      for (const field of reader.fields(meta.start, meta.end)) {
        if (field.number === metaGraph.graph) readGraph(reader, field, main, functions);
        if (field.number === metaGraph.signature) readSignature(reader, field, signatureName, main);
      }
    }
    return { main, functions };
  });
}

const whole = ({ sizeBytes }: MessageReader) => ({ start: 0, end: sizeBytes });

function* select(reader: MessageReader, within: { start: number; end: number }, number: number) {
  for (const field of reader.fields(within.start, within.end)) if (field.number === number) yield field;
}

function readGraph(
  reader: MessageReader,
  within: ProtobufField,
  main: OperationGraph,
  functions: Map<string, OperationGraph>,
): void {
  for (const field of reader.fields(within.start, within.end)) {
    if (field.number === graphFields.node) addNode(reader, field, main);
    if (field.number !== graphFields.library) continue;
    for (const body of select(reader, field, library.function)) {
      const { name, graph } = readFunction(reader, body);
      functions.set(name, graph);
    }
  }
}

function readFunction(reader: MessageReader, within: ProtobufField): { name: string; graph: OperationGraph } {
  const graph = createOperationGraph();
  const results = new Map<string, string>();
  const outputNames: string[] = [];
  let name = "";
  for (const field of reader.fields(within.start, within.end)) {
    if (field.number === functionFields.node) addNode(reader, field, graph);
    if (field.number === functionFields.results) results.set(...readEntry(reader, field));
    if (field.number !== functionFields.signature) continue;
    for (const part of reader.fields(field.start, field.end)) {
      if (part.number === operationDefinition.name) name = reader.text(part);
      if (part.number === operationDefinition.input) graph.inputs.push(textOf(reader, part, argumentName));
      if (part.number === operationDefinition.output) outputNames.push(textOf(reader, part, argumentName));
    }
  }
  graph.outputs = outputNames.map((output) => results.get(output) ?? output);
  return { name, graph };
}

function readEntry(reader: MessageReader, within: ProtobufField): [key: string, value: string] {
  return [textOf(reader, within, entry.key), textOf(reader, within, entry.value)];
}

/**
 * An operation makes the tensors `name`, `name:1` in a graph, and `name:output:0` in a function. All but the first end
 * in their index.
 */
function addNode(reader: MessageReader, within: ProtobufField, graph: OperationGraph): void {
  const operation: { type: string; inputs: string[]; calls?: string | undefined } = { type: "", inputs: [] };
  let name = "";
  for (const field of reader.fields(within.start, within.end)) {
    if (field.number === node.name) name = reader.text(field);
    if (field.number === node.type) operation.type = reader.text(field);
    if (field.number === node.input) operation.inputs.push(reader.text(field));
    if (field.number === node.attributes) operation.calls ??= readCalledFunction(reader, field);
  }
  operation.inputs = operation.inputs.filter((input) => !input.startsWith("^"));
  if (constantTypes.has(operation.type)) graph.constants.add(name);
  else graph.producers.set(name, { operation, index: 0 });
}

function readCalledFunction(reader: MessageReader, within: ProtobufField): string | undefined {
  if (textOf(reader, within, entry.key) !== "f") return undefined;
  for (const value of select(reader, within, entry.value)) {
    for (const called of select(reader, value, attribute.function))
      return textOf(reader, called, attribute.functionName);
  }
  return undefined;
}

function readSignature(
  reader: MessageReader,
  within: ProtobufField,
  signatureName: string,
  main: OperationGraph,
): void {
  if (textOf(reader, within, entry.key) !== signatureName) return;
  for (const definition of select(reader, within, entry.value)) {
    for (const output of select(reader, definition, signature.outputs)) {
      if (isTap(textOf(reader, output, entry.key))) continue;
      for (const info of select(reader, output, entry.value))
        main.outputs.push(textOf(reader, info, tensorInfoName));
    }
  }
}

function textOf(reader: MessageReader, within: ProtobufField, number: number): string {
  for (const field of select(reader, within, number)) return reader.text(field);
  return "";
}
