import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ModelError } from "../../errors/model-error.ts";

/**
 * Peak memory of loading a graph, per byte of its files: weights as they are read, as they stay, and copies that an
 * engine packs for speed. Measured with models of 170 MB: 1.6 to 2.5 (docs/bench.md).
 */
const memoryPerFileByte = 2.5;

/**
 * Refuses a graph that would not fit: Lambda kills a process that takes too much memory, and says nothing.
 *
 * @param path an `.onnx` file (its weights may lie beside it) or the folder of a SavedModel
 * @param limitMb memory of the function in MB
 * @param elsewhereMb how much of it other processes have or may take
 * @throws ModelError with what is needed, what there is and what to do
 */
export async function assertMemory(path: string, limitMb: number, elsewhereMb: number): Promise<void> {
  const status = await stat(path).catch(() => undefined);
  if (!status) return; // the engine says what is wrong
  const isFile = status.isFile();
  const fileBytes = await sumBytes(isFile ? dirname(path) : path, isFile ? [] : ["variables"]);
  const neededMb = Math.ceil((fileBytes * memoryPerFileByte) / 2 ** 20);
  const usedMb = Math.ceil(process.memoryUsage.rss() / 2 ** 20 + elsewhereMb);
  if (usedMb + neededMb <= limitMb) return;
  throw new ModelError(
    `It needs about ${neededMb} MB of memory and ${usedMb} MB are taken, but the function has ${limitMb} MB; ` +
      "raise memorySize of predict in serverless.yml",
  );
}

/** Bytes of a folder's files, and of those in the folders `within` it. */
async function sumBytes(folder: string, within: readonly string[]): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return (await stat(path)).size;
    return within.includes(entry.name) ? sumBytes(path, []) : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
