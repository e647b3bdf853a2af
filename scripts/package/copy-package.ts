import { cpSync, existsSync, globSync, lstatSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isShipped } from "./layer-packages.ts";

/**
 * Copies the files of an installed package that are needed at run time, with its manifest and licences.
 *
 * @param isNeeded whether a file, given by its path inside the package, is needed
 * @throws Error when the package is not installed
 */
export function copyPackage(from: string, to: string, isNeeded: (path: string) => boolean): void {
  if (!existsSync(from)) throw new Error(`Expected the package ${from} to be installed: run npm ci`);
  for (const path of globSync("**/*", { cwd: from, exclude: (name) => name === "node_modules" })) {
    const entry = lstatSync(join(from, path));
    if (entry.isDirectory() || !isShipped(path, isNeeded)) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path), { verbatimSymlinks: true });
  }
}
