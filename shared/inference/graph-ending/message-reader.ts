import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** One field of a protobuf message: a number, or where its bytes lie in the file. */
export interface ProtobufField {
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
  fields(start: number, end: number): Generator<ProtobufField>;
  text(field: ProtobufField): string;
  bytes(field: ProtobufField): Buffer;
  /** The numbers of a repeated integer field: packed, or a single one. */
  integers(field: ProtobufField): number[];
}

const pageBytes = 65_536;
const wireType = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

/**
 * Reads a protobuf file (protobuf.dev/programming-guides/encoding) without holding it in memory: weights, which are
 * most of a model, are skipped.
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

/** Numbers of a file by their position, read a page at a time. */
class FilePages {
  private readonly page = Buffer.alloc(pageBytes);
  private readonly file: number;
  private start = -1;
  private end = -1;

  constructor(file: number) {
    this.file = file;
  }

  byteAt(position: number): number {
    if (position < this.start || position >= this.end) {
      this.start = position;
      this.end = position + readSync(this.file, this.page, 0, pageBytes, position);
      if (this.end === position) throw new Error("The file ends within a message");
    }
    return this.page[position - this.start] as number;
  }

  /** What lies between two positions; what is longer than a page, or not in this one, is read on its own. */
  bytesAt(start: number, end: number): Buffer {
    if (start >= this.start && end <= this.end)
      return Buffer.from(this.page.subarray(start - this.start, end - this.start));
    const bytes = Buffer.alloc(end - start);
    readSync(this.file, bytes, 0, bytes.length, start);
    return bytes;
  }

  /** Numbers above 2^53 lose their last digits, which no field that is read here needs. */
  varintAt(position: number): { value: number; next: number } {
    let value = 0;
    let unit = 1;
    for (let index = 0; index < 10; index++) {
      const byte = this.byteAt(position + index);
      value += (byte & 127) * unit;
      if (byte < 128) return { value, next: position + index + 1 };
      unit *= 128;
    }
    throw new Error("Expected a number of at most ten bytes");
  }

  floatAt(position: number): number {
    return Buffer.from([0, 1, 2, 3].map((index) => this.byteAt(position + index))).readFloatLE();
  }
}

function createReader(file: number, sizeBytes: number): MessageReader {
  const pages = new FilePages(file);
  return {
    sizeBytes,
    *fields(start, end) {
      for (let position = start; position < end; ) {
        const { next, ...field } = readField(pages, position);
        if (next > end) throw new Error("A field reaches beyond its message");
        yield field;
        position = next;
      }
    },
    text: ({ start, end }) => pages.bytesAt(start, end).toString("utf8"),
    bytes: ({ start, end }) => pages.bytesAt(start, end),
    integers({ start, end }) {
      const values: number[] = [];
      for (let position = start; position < end; ) {
        const { value, next } = pages.varintAt(position);
        values.push(value);
        position = next;
      }
      return values;
    },
  };
}

function readField(pages: FilePages, position: number): ProtobufField & { next: number } {
  const tag = pages.varintAt(position);
  const number = Math.floor(tag.value / 8);
  const type = tag.value % 8;
  if (type === wireType.varint) {
    const { value, next } = pages.varintAt(tag.next);
    return { number, value, start: tag.next, end: next, next };
  }
  if (type === wireType.lengthDelimited) {
    const { value: length, next: start } = pages.varintAt(tag.next);
    return { number, value: 0, start, end: start + length, next: start + length };
  }
  if (type !== wireType.fixed32 && type !== wireType.fixed64) throw new Error(`Unknown wire type ${type}`);
  const end = tag.next + (type === wireType.fixed32 ? 4 : 8);
  const value = type === wireType.fixed32 ? pages.floatAt(tag.next) : 0;
  return { number, value, start: tag.next, end, next: end };
}
