import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Message } from "../protobuf/message.ts";
import { writeChunks } from "../protobuf/write-chunks.ts";
import { computeCrc32c, maskCrc } from "./crc32c.ts";
import { createShape, dataType } from "./graph-messages.ts";
import { createStringTable, type TableRow } from "./string-table.ts";
import type { Variable } from "./tensorflow-builder.ts";

const encoder = new TextEncoder();

/**
 * Writes variables as a TensorFlow checkpoint: one file with their bytes, and a table of where each variable is in it
 * (tensorflow/core/protobuf/tensor_bundle.proto). `variables` must be sorted by name.
 */
export function writeCheckpoint(folder: string, variables: readonly Variable[]): void {
  mkdirSync(folder);
  const rows: TableRow[] = [{ key: new Uint8Array(), value: createHeader().toBytes() }];
  let offset = 0;
  function* contents() {
    for (const variable of variables) {
      const bytes = variable.content.read();
      rows.push({
        key: encoder.encode(variable.name),
        value: createEntry(variable, offset, bytes).toBytes(),
      });
      offset += bytes.byteLength;
      yield bytes;
    }
  }
  writeChunks(join(folder, "variables.data-00000-of-00001"), contents());
  writeFileSync(join(folder, "variables.index"), createStringTable(rows));
}

function createHeader(): Message {
  const shardCount = 1;
  const version = new Message().integer(1, 1);
  return new Message().integer(1, shardCount).message(3, version);
}

function createEntry({ shape }: Variable, offset: number, bytes: Uint8Array): Message {
  return new Message()
    .integer(1, dataType.float32)
    .message(2, createShape(shape))
    .integer(4, offset)
    .integer(5, bytes.byteLength)
    .fixed32(6, maskCrc(computeCrc32c(bytes)));
}
