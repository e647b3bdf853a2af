/** Bytes whose length is known now and whose content is made when they are written. */
export interface LazyBytes {
  readonly byteLength: number;
  read(): Uint8Array;
}

export type Chunk = Uint8Array | LazyBytes;

const encoder = new TextEncoder();
const wireType = { varint: 0, lengthDelimited: 2, fixed32: 5 } as const;

/**
 * A protobuf message under construction, by field number (protobuf.dev/programming-guides/encoding). It is a flat list
 * of byte chunks: weights stay where they are, or unread, until the file is written.
 */
export class Message {
  readonly chunks: Chunk[] = [];
  byteLength = 0;

  /** Any integer, enum or boolean field. */
  integer(field: number, value: number | bigint | boolean): this {
    return this.#tag(field, wireType.varint).#push(encodeVarint(value));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#tag(field, wireType.fixed32).#push(bytes);
  }

  fixed32(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, true);
    return this.#tag(field, wireType.fixed32).#push(bytes);
  }

  bytes(field: number, chunk: Chunk): this {
    return this.#tag(field, wireType.lengthDelimited).#push(encodeVarint(chunk.byteLength)).#push(chunk);
  }

  string(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, value: Message): this {
    this.#tag(field, wireType.lengthDelimited).#push(encodeVarint(value.byteLength));
    for (const chunk of value.chunks) this.#push(chunk);
    return this;
  }

  /** Packed repeated integers. */
  integers(field: number, values: readonly (number | bigint)[]): this {
    const packed = new Message();
    for (const value of values) packed.#push(encodeVarint(value));
    return this.message(field, packed);
  }

  /** One entry of a `map<string, message>`. */
  entry(field: number, key: string, value: Message): this {
    return this.message(field, new Message().string(1, key).message(2, value));
  }

  /** The whole message in one array: for small ones. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.byteLength);
    let offset = 0;
    for (const chunk of this.chunks) {
      bytes.set(chunk instanceof Uint8Array ? chunk : chunk.read(), offset);
      offset += chunk.byteLength;
    }
    return bytes;
  }

  #tag(field: number, type: number): this {
    return this.#push(encodeVarint(field * 8 + type));
  }

  #push(chunk: Chunk): this {
    this.chunks.push(chunk);
    this.byteLength += chunk.byteLength;
    return this;
  }
}

/** Negative numbers take ten bytes, as 64-bit two's complement. */
export function encodeVarint(value: number | bigint | boolean): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** The bytes of a typed array where they are, without a copy. */
export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
