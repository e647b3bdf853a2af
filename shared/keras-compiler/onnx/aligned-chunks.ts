import type { Chunk } from "../protobuf/message.ts";

/** Bytes of a memory page. Content that begins on one can be mapped as it is in the file. */
const pageBytes = 4096;

/** Content of a file in which every piece begins on a page. */
export class AlignedChunks {
  readonly chunks: Chunk[] = [];
  #byteLength = 0;

  /** Appends a piece and returns where it begins. */
  append(chunk: Chunk): number {
    const gap = (pageBytes - (this.#byteLength % pageBytes)) % pageBytes;
    if (gap > 0) this.chunks.push(new Uint8Array(gap));
    const offset = this.#byteLength + gap;
    this.chunks.push(chunk);
    this.#byteLength = offset + chunk.byteLength;
    return offset;
  }
}
