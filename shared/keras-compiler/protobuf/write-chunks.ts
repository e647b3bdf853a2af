import { closeSync, openSync, writevSync } from "node:fs";
import type { Chunk } from "./message.ts";

const batchBytes = 8 * 1024 * 1024;
/** Limit of one writev call on Linux (IOV_MAX). */
const batchChunks = 1024;

/** Writes chunks to a new file one after another; a lazy one is made, written and released. */
export function writeChunks(file: string, chunks: Iterable<Chunk>): void {
  const descriptor = openSync(file, "wx");
  try {
    let batch: Uint8Array[] = [];
    let pendingBytes = 0;
    for (const chunk of chunks) {
      const bytes = chunk instanceof Uint8Array ? chunk : chunk.read();
      batch.push(bytes);
      pendingBytes += bytes.byteLength;
      if (pendingBytes < batchBytes && batch.length < batchChunks) continue;
      writeAll(descriptor, batch);
      batch = [];
      pendingBytes = 0;
    }
    writeAll(descriptor, batch);
  } finally {
    closeSync(descriptor);
  }
}

/** A call may write less than it is given, such as on a nearly full disk, so it is repeated until all is written. */
function writeAll(descriptor: number, buffers: Uint8Array[]): void {
  let rest = buffers.filter((buffer) => buffer.byteLength > 0);
  while (rest.length > 0) {
    let written = writevSync(descriptor, rest);
    while (rest[0] && written >= rest[0].byteLength) {
      written -= rest[0].byteLength;
      rest = rest.slice(1);
    }
    if (rest[0] && written > 0) rest = [rest[0].subarray(written), ...rest.slice(1)];
  }
}
