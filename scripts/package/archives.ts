import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { closeFile, openFile } from "../../shared/keras-compiler/keras/file-slice.ts";
import { readZipDirectory } from "../../shared/keras-compiler/keras/zip-directory.ts";

export interface Archive {
  name: string;
  path: string;
  zippedBytes: number;
  unzippedBytes: number;
  sha256: string;
}

/** Reads the ZIP archives of a package folder, sorted by name. */
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
        unzippedBytes: computeUnzippedBytes(path),
        sha256: createHash("sha256").update(bytes).digest("hex"),
      };
    });
}

/** Computes the sum of the entries' unzipped sizes. */
function computeUnzippedBytes(path: string): number {
  const file = openFile(path);
  try {
    return readZipDirectory(file).reduce((sum, { byteLength }) => sum + byteLength, 0);
  } finally {
    closeFile(file);
  }
}
