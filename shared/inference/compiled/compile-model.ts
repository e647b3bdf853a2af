import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineName, ModelFiles } from "../../contracts/model.ts";
import { addActivationToLogits } from "../../keras-compiler/add-activation.ts";
import type { Pair } from "../../keras-compiler/graph/operations.ts";
import { readKerasArchive } from "../../keras-compiler/keras/read-keras-archive.ts";
import { readKerasHdf5 } from "../../keras-compiler/keras/read-keras-hdf5.ts";
import { graphPathIn, writeGraph } from "../../keras-compiler/write-graph.ts";
import { type CompileSource, computeCompileKey } from "./compile-key.ts";
import type { CompiledModel } from "./compiled-model.ts";
import { findKept, type KeptSummary, keep, summaryFile } from "./kept-folder.ts";

/** The graph of a Keras model for an engine: the kept one, or a new one that is kept. @throws ModelError */
export async function compileModel(files: ModelFiles, engine: EngineName): Promise<CompiledModel> {
  const file = join(files.directory, files.path);
  const source = { file, format: files.format, imageSize: declaredImageSize(files) };
  const key = await computeCompileKey(source, engine);
  const kept = await findKept(files.directory, key);
  const { folder, summary } =
    kept ?? (await keep(files.directory, key, (target) => compileInto(target, source, engine)));
  return {
    engine,
    path: graphPathIn(folder, engine),
    keptFolder: kept?.folder,
    addedActivation: summary.added_activation,
  };
}

function declaredImageSize({ declared }: ModelFiles): Pair | undefined {
  const { height, width } = declared.input ?? {};
  return height === undefined || width === undefined ? undefined : [height, width];
}

async function compileInto(folder: string, source: CompileSource, engine: EngineName): Promise<KeptSummary> {
  const read = source.format === "keras_h5" ? readKerasHdf5 : readKerasArchive;
  const model = await read(source.file, source.imageSize);
  try {
    const extended = addActivationToLogits(model.graph);
    writeGraph(folder, extended?.graph ?? model.graph, engine);
    const summary = { added_activation: extended?.added ?? null };
    await writeFile(join(folder, summaryFile), JSON.stringify(summary));
    return summary;
  } finally {
    model.close();
  }
}
