import { createModel, createNode, createValueInfo } from "../../shared/keras-compiler/onnx/onnx-messages.ts";
import { Message } from "../../shared/keras-compiler/protobuf/message.ts";
import { writeChunks } from "../../shared/keras-compiler/protobuf/write-chunks.ts";

/** Of onnx.proto: GraphProto as an attribute. */
const graphAttribute = { field: 6, type: 5 } as const;
const booleanType = 9;
const integerType = 7;

/**
 * An ONNX file with one input `[N, 3, 8, 8]` and three classes that is valid, loads, and never ends its first pass.
 *
 * @param rounds after which it ends all the same: about a microsecond each
 */
export function writeEndlessModel(file: string, rounds?: number): void {
  const loop = createNode("Loop", [rounds === undefined ? "" : "rounds", "again", "flat"], "left", {});
  loop.message(5, createAttribute("body"));
  const nodes = [
    createNode("GlobalAveragePool", ["image"], "averages", {}),
    createNode("Flatten", ["averages"], "flat", {}),
    createNode("Constant", [], "again", {}).message(5, createConstant(booleanType, Uint8Array.of(1))),
    createNode("Constant", [], "rounds", {}).message(5, createConstant(integerType, bytesOf(rounds ?? 0))),
    loop,
    createNode("Softmax", ["left"], "probabilities", { axis: -1 }),
  ];
  const graph = {
    nodes,
    tensors: [],
    inputs: [createValueInfo("image", [null, 3, 8, 8])],
    outputs: [createValueInfo("probabilities", [null, 3])],
  };
  writeChunks(file, createModel(graph, 17).chunks);
}

/** Goes round for as long as it is told to go on, which it tells itself. */
function createAttribute(name: string): Message {
  const body = new Message();
  for (const node of [
    createNode("Identity", ["goOn"], "goOnStill", {}),
    createNode("Identity", ["values"], "sameValues", {}),
  ])
    body.message(1, node);
  body.string(2, "body");
  for (const input of [
    scalar("round", integerType),
    scalar("goOn", booleanType),
    createValueInfo("values", [null, 3]),
  ])
    body.message(11, input);
  for (const output of [scalar("goOnStill", booleanType), createValueInfo("sameValues", [null, 3])])
    body.message(12, output);
  return new Message().string(1, name).message(graphAttribute.field, body).integer(20, graphAttribute.type);
}

const createConstant = (type: number, value: Uint8Array): Message =>
  new Message().string(1, "value").message(5, new Message().integer(2, type).bytes(9, value)).integer(20, 4);

const bytesOf = (integer: number) => new Uint8Array(BigInt64Array.of(BigInt(integer)).buffer);

const scalar = (name: string, type: number): Message =>
  new Message()
    .string(1, name)
    .message(2, new Message().message(1, new Message().integer(1, type).message(2, new Message())));
