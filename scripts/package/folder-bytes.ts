import { globSync, lstatSync } from "node:fs";
import { join } from "node:path";

/** Computes the sum of the sizes of all files in a folder, without following links. */
export function folderBytes(folder: string): number {
  return globSync("**/*", { cwd: folder })
    .map((path) => lstatSync(join(folder, path)))
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + entry.size, 0);
}
