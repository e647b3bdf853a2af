import { join } from "node:path";
import { ModelError } from "../../errors/model-error.ts";
import type { EngineName, ModelFiles } from "../../schemas/model.ts";
import { type CompileSource, computeCompileKey } from "./compile-key.ts";
import { type CompiledModel, graphPathIn, normalizationPathIn } from "./compiled-model.ts";
import { findKept, keep } from "./kept-folder.ts";

/**
 * The graph of a Keras model for an engine: the kept one, or a new one that is then kept.
 *
 * @throws KerasModelError, ModelError
 */
export async function compileModel(files: ModelFiles, engine: EngineName): Promise<CompiledModel> {
  const file = join(files.directory, files.path);
  const source = { file, format: files.format, imageSize: declaredImageSize(files) };
  const key = await computeCompileKey(source, engine);
  const kept = await findKept(files.directory, key);
  const folder = kept ?? (await keep(files.directory, key, (target) => compileInto(target, source, engine)));
  const path = graphPathIn(folder, engine);
  const normalizationPath = normalizationPathIn(folder, engine);
  return { engine, path, normalizationPath, keptFolder: kept, folder };
}

function declaredImageSize({ declared }: ModelFiles): CompileSource["imageSize"] {
  const { height, width } = declared.input ?? {};
  return height === undefined || width === undefined ? undefined : [height, width];
}

async function compileInto(folder: string, source: CompileSource, engine: EngineName): Promise<void> {
  // Loaded here so that neither the compiler nor HDF5 is needed where the graph is kept, as on Lambda with the packaged
  // model.
  const { compileKeras, OpenSizeError } = await import("../../keras-compiler/index.ts");
  const advise = (error: unknown): never => {
    if (!(error instanceof OpenSizeError)) throw error;
    const advice =
      'declare it, as in metadata={"input_size": "224x224"}, or as input height and width in model-contract.json';
    throw new ModelError(`${error.message}; ${advice}`, { cause: error });
  };
  await compileKeras(source.file, graphPathIn(folder, engine), {
    format: source.format === "keras_h5" ? "hdf5" : "keras",
    imageSize: source.imageSize,
    taps: true,
    firstNormalization: normalizationPathIn(folder, engine),
  }).catch(advise);
}
