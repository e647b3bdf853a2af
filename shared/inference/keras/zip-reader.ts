import { ModelError } from "../../errors/model-error.ts";

/** Record sizes and field offsets of a zip file's directory (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). */
const endOfDirectory = { signature: 0x06054b50, byteLength: 22 };
const directoryEntry = { signature: 0x02014b50, byteLength: 46 };
const localHeader = { byteLength: 30 };
const zip64Size = 0xffffffff;

/**
 * Entries of a zip file by name, as views of `file`. Keras stores its entries uncompressed; a compressed entry is
 * refused. @throws ModelError
 */
export function readZip(file: Buffer): Map<string, Buffer> {
  try {
    return readEntries(file);
  } catch (error) {
    if (error instanceof RangeError)
      throw new ModelError("The zip file is cut off or damaged", { cause: error });
    throw error;
  }
}

function readEntries(file: Buffer): Map<string, Buffer> {
  const end = findEndOfDirectory(file);
  const count = file.readUInt16LE(end + 10);
  const entries = new Map<string, Buffer>();
  let position = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (file.readUInt32LE(position) !== directoryEntry.signature) {
      throw new ModelError("The zip file's directory is damaged");
    }
    const nameLength = file.readUInt16LE(position + 28);
    const name = file.toString(
      "utf8",
      position + directoryEntry.byteLength,
      position + directoryEntry.byteLength + nameLength,
    );
    entries.set(name, readStoredEntry(file, position, name));
    position +=
      directoryEntry.byteLength +
      nameLength +
      file.readUInt16LE(position + 30) +
      file.readUInt16LE(position + 32);
  }
  return entries;
}

function findEndOfDirectory(file: Buffer): number {
  const longestComment = 0xffff;
  const earliest = Math.max(0, file.length - endOfDirectory.byteLength - longestComment);
  for (let position = file.length - endOfDirectory.byteLength; position >= earliest; position--) {
    if (file.readUInt32LE(position) === endOfDirectory.signature) return position;
  }
  throw new ModelError("Expected a zip file (Keras 3 `.keras`) but found none");
}

function readStoredEntry(file: Buffer, entry: number, name: string): Buffer {
  const method = file.readUInt16LE(entry + 10);
  const size = file.readUInt32LE(entry + 24);
  const header = file.readUInt32LE(entry + 42);
  if (method !== 0) throw new ModelError(`Expected the entry ${name} stored as it is but it is compressed`);
  if (size === zip64Size)
    throw new ModelError(`The entry ${name} is larger than 4 GB, which is not supported`);
  const begin =
    header + localHeader.byteLength + file.readUInt16LE(header + 26) + file.readUInt16LE(header + 28);
  if (begin + size > file.length) throw new ModelError(`The zip file ends within its entry ${name}`);
  return file.subarray(begin, begin + size);
}
