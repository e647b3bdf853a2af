import { appendFile, copyFile, link, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ModelFiles } from "../../schemas/model.ts";
import { readOnnxGraph } from "../graph-ending/read-onnx-graph.ts";
import { computeCompileKey } from "./compile-key.ts";
import type { CompiledModel } from "./compiled-model.ts";
import { findOnnxTaps } from "./find-onnx-taps.ts";
import { findKept, keep } from "./kept-folder.ts";

/**
 * A copy of an ONNX model that also outputs its taps, kept beside the version's files as compiled graphs are; undefined
 * where the graph has none, or no copy can be made. Files beside the model, which may hold its weights, are linked.
 */
export async function tapOnnxModel(files: ModelFiles): Promise<CompiledModel | undefined> {
  const file = join(files.directory, files.path);
  try {
    const taps = findOnnxTaps(readOnnxGraph(file).main);
    if (taps === undefined) return undefined;
    const key = await computeCompileKey({ file, format: "onnx", imageSize: undefined }, "onnx");
    const kept = await findKept(files.directory, key);
    const { renderOnnxTaps } = await import("../../keras-compiler/index.ts");
    const folder =
      kept ??
      (await keep(files.directory, key, (target) => copyWithTaps(file, target, renderOnnxTaps(taps))));
    return { engine: "onnx", path: join(folder, basename(file)), keptFolder: folder, folder };
  } catch {
    return undefined; // the engine says what is wrong with the file itself
  }
}

async function copyWithTaps(file: string, target: string, taps: Uint8Array): Promise<void> {
  const folder = dirname(file);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile() && entry.name !== basename(file))
      await link(join(folder, entry.name), join(target, entry.name));
  }
  const copy = join(target, basename(file));
  await copyFile(file, copy);
  await appendFile(copy, taps);
}
