import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ModelError } from "../../errors/model-error.ts";

/**
 * What loading a graph takes at its height, in sizes of its files: weights as they are read, as they stay, and copies
 * that an engine packs for speed. Measured with models of 170 MB: 1.6 to 2.5 (docs/models.md).
 */
const memoryPerFileByte = 2.5;

/**
 * A process that takes more than Lambda gives it is killed without a word: this says it before.
 * @param path an `.onnx` file (its weights may lie beside it) or the folder of a SavedModel
 * @param limitMb memory of the function in MB
 * @param elsewhereMb of it, what other processes have or may take
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

/** Of a folder's files, and of those in some folders within it. */
async function sumBytes(folder: string, within: readonly string[]): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return (await stat(path)).size;
    return within.includes(entry.name) ? sumBytes(path, []) : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
