import { bytesOf, encodeVarint } from "../protobuf/message.ts";
import { computeCrc32c, maskCrc } from "./crc32c.ts";

export interface TableRow {
  key: Uint8Array;
  value: Uint8Array;
}

/** Where a block lies in the file. */
interface BlockHandle {
  offset: number;
  length: number;
}

const uncompressed = 0;
const footerHandlesLength = 40;
const magicNumber = [0x8b80fb57, 0xdb477524];

/**
 * An immutable sorted table of byte strings in LevelDB's format, with one data block
 * (github.com/google/leveldb/blob/main/doc/table_format.md). `rows` must be sorted by key and not empty.
 */
export function createStringTable(rows: readonly TableRow[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let offset = 0;
  const append = (block: Uint8Array): BlockHandle => {
    const handle = { offset, length: block.length };
    const withType = Uint8Array.from([...block, uncompressed]);
    parts.push(withType, encodeFixed32([maskCrc(computeCrc32c(withType))]));
    offset += withType.length + 4;
    return handle;
  };
  const data = append(createBlock(rows));
  const metaIndex = append(createBlock([]));
  const lastKey = rows.at(-1)?.key ?? new Uint8Array();
  const index = append(createBlock([{ key: lastKey, value: encodeHandle(data) }]));
  const handles = new Uint8Array(footerHandlesLength);
  handles.set([...encodeHandle(metaIndex), ...encodeHandle(index)]);
  return Buffer.concat([...parts, handles, encodeFixed32(magicNumber)]);
}

/** Rows one after another, each a restart point: no key shares a prefix with the one before. */
function createBlock(rows: readonly TableRow[]): Uint8Array {
  const restarts: number[] = [];
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const { key, value } of rows) {
    restarts.push(length);
    const row = Buffer.concat([
      encodeVarint(0),
      encodeVarint(key.length),
      encodeVarint(value.length),
      key,
      value,
    ]);
    parts.push(row);
    length += row.length;
  }
  if (restarts.length === 0) restarts.push(0);
  return Buffer.concat([...parts, encodeFixed32([...restarts, restarts.length])]);
}

function encodeHandle({ offset, length }: BlockHandle): Uint8Array {
  return Buffer.concat([encodeVarint(offset), encodeVarint(length)]);
}

/** Little-endian 32-bit numbers. */
function encodeFixed32(values: readonly number[]): Uint8Array {
  return bytesOf(Uint32Array.from(values));
}
