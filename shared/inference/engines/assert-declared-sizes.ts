import { ModelError } from "../../errors/model-error.ts";
import { type MessageReader, type ProtobufField, readMessages } from "../graph-ending/message-reader.ts";

/**
 * Field numbers of onnx.proto (github.com/onnx/onnx/blob/main/onnx/onnx.proto), for each message that holds tensors,
 * directly or through others.
 */
const holders = {
  model: { 7: "graph", 25: "function" },
  graph: { 1: "node", 5: "tensor", 15: "sparseTensor" },
  function: { 7: "node" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparseTensor", 23: "sparseTensor" },
  sparseTensor: { 1: "tensor", 2: "tensor" },
} satisfies Record<string, Record<number, string>>;
type Holder = keyof typeof holders;

const tensor = { dimension: 1, type: 2, name: 8, external: 13 };
const entry = { key: 1, value: 2 };

/**
 * Bytes per value by TensorProto.DataType. Types that are not listed count as 1: text, and numbers of a byte or less.
 */
const valueBytes: Record<number, number> = {
  ...{ 1: 4, 4: 2, 5: 2, 6: 4, 7: 8, 10: 2, 11: 8, 12: 4, 13: 8, 14: 8, 15: 16, 16: 2 },
};

/**
 * Compares the sizes that an `.onnx` file declares for its tensors with the free memory, before an engine allocates
 * them: a file of 1 kB may declare terabytes. A file that is not ONNX is left to the engine, which says what is wrong
 * with it.
 *
 * @param freeBytes memory that may still be taken
 * @throws ModelError that names the largest tensor
 */
export function assertDeclaredSizes(path: string, freeBytes: number): void {
  const sizes = listSizes(path);
  const declaredBytes = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (sizes.length === 0 || declaredBytes <= freeBytes) return;
  const largest = sizes.reduce((one, other) => (other.bytes > one.bytes ? other : one));
  throw new ModelError(
    `Its tensors declare ${megabytes(declaredBytes)} (the largest, ${largest.name || "without a name"}, ${megabytes(largest.bytes)}), ` +
      `but ${megabytes(Math.max(freeBytes, 0))} of memory are free`,
  );
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20).toLocaleString("en")} MB`;

interface DeclaredSize {
  name: string;
  bytes: number;
}

function listSizes(path: string): DeclaredSize[] {
  const sizes: DeclaredSize[] = [];
  try {
    readMessages(path, (reader) =>
      collect("model", { number: 0, value: 0, start: 0, end: reader.sizeBytes }, reader, sizes),
    );
  } catch {
    // What was read before the error counts.
  }
  return sizes;
}

function collect(
  holder: Holder,
  { start, end }: ProtobufField,
  reader: MessageReader,
  sizes: DeclaredSize[],
): void {
  const held: Record<number, string> = holders[holder];
  for (const field of reader.fields(start, end)) {
    const kind = held[field.number];
    if (kind === "tensor") sizes.push(readSize(field, reader));
    else if (kind !== undefined) collect(kind as Holder, field, reader, sizes);
  }
}

/** The larger of what the dimensions need and the length that the tensor names in an external file. */
function readSize({ start, end }: ProtobufField, reader: MessageReader): DeclaredSize {
  let name = "";
  let count = 1;
  let bytesEach = 1;
  let externalBytes = 0;
  for (const field of reader.fields(start, end)) {
    if (field.number === tensor.name) name = reader.text(field);
    if (field.number === tensor.type) bytesEach = valueBytes[field.value] ?? 1;
    if (field.number === tensor.external) externalBytes = Math.max(externalBytes, readLength(field, reader));
    if (field.number === tensor.dimension) for (const size of reader.integers(field)) count *= size;
  }
  return { name, bytes: Math.max(count * bytesEach, externalBytes) };
}

function readLength({ start, end }: ProtobufField, reader: MessageReader): number {
  const texts: Record<number, string> = {};
  for (const field of reader.fields(start, end)) texts[field.number] = reader.text(field);
  return texts[entry.key] === "length" ? Number(texts[entry.value]) || 0 : 0;
}
