import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

export interface Archive {
  name: string;
  path: string;
  zippedBytes: number;
  unzippedBytes: number;
  sha256: string;
}

const endOfDirectory = 0x06054b50;
const endOfDirectoryBytes = 22;
const entrySignature = 0x02014b50;
const entryBytes = 46;

/** The ZIP archives of a package folder, by name. */
export function readArchives(folder: string): Archive[] {
  return globSync("*.zip", { cwd: folder })
    .sort()
    .map((file) => {
      const path = join(folder, file);
      const bytes = readFileSync(path);
      return {
        name: basename(file, ".zip"),
        path,
        zippedBytes: bytes.length,
        unzippedBytes: computeUnzippedBytes(bytes),
        sha256: createHash("sha256").update(bytes).digest("hex"),
      };
    });
}

/** Sum of the entries' sizes in the archive's central directory (PKWARE APPNOTE 4.3.12). */
function computeUnzippedBytes(bytes: Buffer): number {
  let end = bytes.length - endOfDirectoryBytes;
  while (end >= 0 && bytes.readUInt32LE(end) !== endOfDirectory) end--;
  if (end < 0) throw new Error("Expected a ZIP archive");
  let position = bytes.readUInt32LE(end + 16);
  let total = 0;
  while (bytes.readUInt32LE(position) === entrySignature) {
    total += bytes.readUInt32LE(position + 24);
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(position + offset));
    position += entryBytes + lengths.reduce((sum, length) => sum + length, 0);
  }
  return total;
}
