import { KerasModelError } from "../keras-model-error.ts";
import { type FileSlice, readWhole, sliceOf } from "./file-slice.ts";

/** Record sizes of a zip file (APPNOTE.TXT 6.3.10, sections 4.3.12 and 4.3.16). */
const endOfDirectory = { signature: 0x06054b50, byteLength: 22 };
const directoryEntry = { signature: 0x02014b50, byteLength: 46 };
const longestComment = 0xffff;

/** An entry as the file's directory describes it. */
export interface ZipEntry {
  name: string;
  isCompressed: boolean;
  /** Bytes of its content, uncompressed. */
  byteLength: number;
  /** Byte of the file at which its own header begins. */
  headerBegin: number;
}

/**
 * The entries of a zip file, in the order of its directory.
 *
 * @throws KerasModelError
 */
export function readZipDirectory(file: FileSlice): ZipEntry[] {
  const { count, directory } = findDirectory(file);
  const entries: ZipEntry[] = [];
  let position = 0;
  for (let index = 0; index < count; index++) {
    const isEntry = position + directoryEntry.byteLength <= directory.length;
    if (!isEntry || directory.readUInt32LE(position) !== directoryEntry.signature) {
      throw new KerasModelError("The zip file's directory is damaged");
    }
    const nameEnd = position + directoryEntry.byteLength + directory.readUInt16LE(position + 28);
    entries.push({
      name: directory.toString("utf8", position + directoryEntry.byteLength, nameEnd),
      isCompressed: directory.readUInt16LE(position + 10) !== 0,
      byteLength: directory.readUInt32LE(position + 24),
      headerBegin: directory.readUInt32LE(position + 42),
    });
    position = nameEnd + directory.readUInt16LE(position + 30) + directory.readUInt16LE(position + 32);
  }
  return entries;
}

/** The directory is at the end of the file, before a record that may end in a comment. */
function findDirectory(file: FileSlice): { count: number; directory: Buffer } {
  const tailBytes = Math.min(file.byteLength, endOfDirectory.byteLength + longestComment);
  const tail = readWhole(sliceOf(file, file.byteLength - tailBytes, tailBytes));
  for (let end = tail.length - endOfDirectory.byteLength; end >= 0; end--) {
    if (tail.readUInt32LE(end) !== endOfDirectory.signature) continue;
    const byteLength = tail.readUInt32LE(end + 12);
    const directory = sliceOf(file, tail.readUInt32LE(end + 16), byteLength);
    return { count: tail.readUInt16LE(end + 10), directory: readWhole(directory) };
  }
  throw new KerasModelError(
    'Expected a zip file (Keras 3 `.keras`) but found none: save it again with model.save("model.keras"); an HDF5 file is named .h5',
  );
}
