import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** One field of a protobuf message: a number, or where its bytes lie in the file. */
export interface Field {
  number: number;
  /** Value of an integer field, or of a float32; 0 for others. */
  value: number;
  /** First byte of a length-delimited field and the one after its last. */
  start: number;
  end: number;
}

export interface MessageReader {
  sizeBytes: number;
  /** Fields of the message that lies between two positions, in the order of the file. */
  fields(start: number, end: number): Generator<Field>;
  text(field: Field): string;
  /** The numbers of a repeated integer field: packed, or one. */
  integers(field: Field): number[];
}

const pageBytes = 65_536;
const wireType = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

/**
 * Reads a protobuf file (protobuf.dev/programming-guides/encoding) without holding it: weights, which are most of a model,
 * are skipped and never read.
 *
 * @throws Error when it is not protobuf, or a system error when it cannot be read
 */
export function readMessages<T>(path: string, read: (reader: MessageReader) => T): T {
  const file = openSync(path, "r");
  try {
    return read(createReader(file, fstatSync(file).size));
  } finally {
    closeSync(file);
  }
}

function createReader(file: number, sizeBytes: number): MessageReader {
  const page = Buffer.alloc(pageBytes);
  let pageStart = -1;
  let pageEnd = -1;

  const byteAt = (position: number): number => {
    if (position < pageStart || position >= pageEnd) {
      pageStart = position;
      pageEnd = position + readSync(file, page, 0, pageBytes, position);
      if (pageEnd === position) throw new Error("The file ends within a message");
    }
    return page[position - pageStart] as number;
  };

  /** Numbers above 2^53 lose their last digits: no field that is looked at here holds any. */
  const varintAt = (position: number): { value: number; next: number } => {
    let value = 0;
    for (let index = 0; index < 10; index++) {
      const byte = byteAt(position + index);
      value += (byte & 127) * 128 ** index;
      if (byte < 128) return { value, next: position + index + 1 };
    }
    throw new Error("Expected a number of at most ten bytes");
  };

  const floatAt = (position: number): number =>
    Buffer.from([0, 1, 2, 3].map((index) => byteAt(position + index))).readFloatLE();

  const fieldAt = (position: number): Field & { next: number } => {
    const tag = varintAt(position);
    const number = Math.floor(tag.value / 8);
    const type = tag.value % 8;
    if (type === wireType.varint) {
      const { value, next } = varintAt(tag.next);
      return { number, value, start: tag.next, end: next, next };
    }
    if (type === wireType.lengthDelimited) {
      const { value: length, next: start } = varintAt(tag.next);
      return { number, value: 0, start, end: start + length, next: start + length };
    }
    if (type !== wireType.fixed32 && type !== wireType.fixed64) throw new Error(`Unknown wire type ${type}`);
    const end = tag.next + (type === wireType.fixed32 ? 4 : 8);
    const value = type === wireType.fixed32 ? floatAt(tag.next) : 0;
    return { number, value, start: tag.next, end, next: end };
  };

  return {
    sizeBytes,
    *fields(start, end) {
      for (let position = start; position < end; ) {
        const { next, ...field } = fieldAt(position);
        if (next > end) throw new Error("A field reaches beyond its message");
        yield field;
        position = next;
      }
    },
    text({ start, end }) {
      const bytes = Buffer.alloc(end - start);
      readSync(file, bytes, 0, bytes.length, start);
      return bytes.toString("utf8");
    },
    integers({ start, end }) {
      const values: number[] = [];
      for (let position = start; position < end; ) {
        const { value, next } = varintAt(position);
        values.push(value);
        position = next;
      }
      return values;
    },
  };
}
