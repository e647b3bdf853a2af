import { KerasModelError } from "../keras-model-error.ts";
import { type FileSlice, readWhole, sliceOf } from "./file-slice.ts";

/** Record sizes of a zip file (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16). */
const endOfDirectory = { signature: 0x06054b50, byteLength: 22 };
const directoryEntry = { signature: 0x02014b50, byteLength: 46 };
const localHeaderBytes = 30;
const longestComment = 0xffff;
/** Stands where a size of 4 GB or more does not fit. */
const zip64Size = 0xffffffff;

/**
 * Entries of a zip file by name, where they lie. Keras stores its entries as they are; a compressed one is refused.
 * @throws KerasModelError
 */
export function readZip(file: FileSlice): Map<string, FileSlice> {
  const { count, directory } = readDirectory(file);
  const entries = new Map<string, FileSlice>();
  let position = 0;
  for (let index = 0; index < count; index++) {
    const isEntry = position + directoryEntry.byteLength <= directory.length;
    if (!isEntry || directory.readUInt32LE(position) !== directoryEntry.signature) {
      throw new KerasModelError("The zip file's directory is damaged");
    }
    const nameEnd = position + directoryEntry.byteLength + directory.readUInt16LE(position + 28);
    const name = directory.toString("utf8", position + directoryEntry.byteLength, nameEnd);
    entries.set(name, findStoredEntry(file, directory, position, name));
    position = nameEnd + directory.readUInt16LE(position + 30) + directory.readUInt16LE(position + 32);
  }
  return entries;
}

/** The directory stands at the end of the file, before a record that may end in a comment. */
function readDirectory(file: FileSlice): { count: number; directory: Buffer } {
  const tailBytes = Math.min(file.byteLength, endOfDirectory.byteLength + longestComment);
  const tail = readWhole(sliceOf(file, file.byteLength - tailBytes, tailBytes));
  for (let end = tail.length - endOfDirectory.byteLength; end >= 0; end--) {
    if (tail.readUInt32LE(end) !== endOfDirectory.signature) continue;
    const byteLength = tail.readUInt32LE(end + 12);
    const directory = sliceOf(file, tail.readUInt32LE(end + 16), byteLength);
    return { count: tail.readUInt16LE(end + 10), directory: readWhole(directory) };
  }
  throw new KerasModelError("Expected a zip file (Keras 3 `.keras`) but found none");
}

function findStoredEntry(file: FileSlice, directory: Buffer, entry: number, name: string): FileSlice {
  const method = directory.readUInt16LE(entry + 10);
  const byteLength = directory.readUInt32LE(entry + 24);
  if (method !== 0)
    throw new KerasModelError(`Expected the entry ${name} stored as it is but it is compressed`);
  if (byteLength === zip64Size)
    throw new KerasModelError(`The entry ${name} is larger than 4 GB, which is not supported`);
  const begin = directory.readUInt32LE(entry + 42);
  const header = readWhole(sliceOf(file, begin, localHeaderBytes));
  const headerBytes = localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  return sliceOf(file, begin + headerBytes, byteLength);
}
