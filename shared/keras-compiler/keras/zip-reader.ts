import { KerasModelError } from "../keras-model-error.ts";
import { type FileSlice, readWhole, sliceOf } from "./file-slice.ts";
import { readZipDirectory, type ZipEntry } from "./zip-directory.ts";

/** APPNOTE.TXT 6.3.10, section 4.3.7. */
const localHeaderBytes = 30;
/** Replaces a size of 4 GB or more, which does not fit into the field. */
const zip64Size = 0xffffffff;

/**
 * Entries of a zip file by name, as parts of the file. Keras stores its entries uncompressed; a compressed one is
 * refused.
 *
 * @throws KerasModelError
 */
export const readZip = (file: FileSlice): Map<string, FileSlice> =>
  new Map(readZipDirectory(file).map((entry) => [entry.name, findStoredEntry(file, entry)]));

function findStoredEntry(
  file: FileSlice,
  { name, isCompressed, byteLength, headerBegin }: ZipEntry,
): FileSlice {
  if (isCompressed)
    throw new KerasModelError(`Expected the entry ${name} stored as it is but it is compressed`);
  if (byteLength === zip64Size)
    throw new KerasModelError(`The entry ${name} is larger than 4 GB, which is not supported`);
  const header = readWhole(sliceOf(file, headerBegin, localHeaderBytes));
  const headerBytes = localHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  return sliceOf(file, headerBegin + headerBytes, byteLength);
}
