import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { EngineName, ModelFiles } from "../../contracts/model.ts";
import type { LayerGraph } from "../graph/layer-graph.ts";
import type { Pair } from "../graph/operations.ts";
import { readKerasArchive } from "../keras/read-keras-archive.ts";
import { readKerasHdf5 } from "../keras/read-keras-hdf5.ts";
import { lowerToOnnx } from "../onnx/lower-to-onnx.ts";
import { writeChunks } from "../protobuf/write-chunks.ts";
import { writeSavedModel } from "../tensorflow/write-saved-model.ts";
import { addSoftmaxToLogits } from "./add-softmax.ts";
import { computeCompileKey } from "./compile-key.ts";
import type { CompiledModel } from "./compiled-model.ts";
import { findKept, keep } from "./kept-folder.ts";

const graphFile = { onnx: "model.onnx", tensorflow: "." } as const;
const summaryFile = "summary.json";
const summarySchema = z.object({ softmax_added: z.boolean() });

/** The graph of a Keras model for an engine: the kept one, or a new one that is kept. @throws ModelError */
export async function compileModel(files: ModelFiles, engine: EngineName): Promise<CompiledModel> {
  const source = join(files.directory, files.path);
  const key = await computeCompileKey(source, engine, declaredImageSize(files));
  const kept = await findKept(files.directory, key);
  const folder = kept ?? (await keep(files.directory, key, (target) => compileInto(target, files, engine)));
  const summary = summarySchema.parse(JSON.parse(await readFile(join(folder, summaryFile), "utf8")));
  return {
    engine,
    path: join(folder, graphFile[engine]),
    isKept: kept !== undefined,
    softmaxAdded: summary.softmax_added,
  };
}

function declaredImageSize({ declared }: ModelFiles): Pair | undefined {
  const { height, width } = declared.input ?? {};
  return height === undefined || width === undefined ? undefined : [height, width];
}

async function compileInto(folder: string, files: ModelFiles, engine: EngineName): Promise<void> {
  const read = files.format === "keras_h5" ? readKerasHdf5 : readKerasArchive;
  const { graph, close } = await read(join(files.directory, files.path), declaredImageSize(files));
  try {
    const extended = addSoftmaxToLogits(graph);
    writeGraph(folder, extended ?? graph, engine);
    await writeFile(join(folder, summaryFile), JSON.stringify({ softmax_added: extended !== undefined }));
  } finally {
    close();
  }
}

function writeGraph(folder: string, graph: LayerGraph, engine: EngineName): void {
  if (engine === "tensorflow") writeSavedModel(folder, graph);
  else writeChunks(join(folder, graphFile.onnx), lowerToOnnx(graph).chunks);
}
