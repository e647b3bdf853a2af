import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type AddedActivation, addActivationToLogits } from "./add-activation.ts";
import { addTaps } from "./graph/add-taps.ts";
import type { LayerGraph } from "./graph/layer-graph.ts";
import type { Pair, Shape } from "./graph/operations.ts";
import { readKerasArchive } from "./keras/read-keras-archive.ts";
import { readKerasHdf5 } from "./keras/read-keras-hdf5.ts";
import { KerasModelError } from "./keras-model-error.ts";
import { isOnnxPath, writeGraph } from "./write-graph.ts";

export interface CompileOptions {
  /** How the source is read; by default `hdf5` when it is named `.h5` or `.hdf5`, else `keras`. */
  format?: "keras" | "hdf5";
  /** `[height, width]` in pixels, for a model whose input leaves its size open. */
  imageSize?: Pair | undefined;
  /**
   * Whether a classifier that ends in a dense layer without activation (`from_logits=True`) gets a softmax at its end,
   * or a sigmoid where it has one unit. Default: false, the graph answers as Keras does.
   */
  probabilities?: boolean;
  /**
   * Whether a classifier also outputs what its last layer answers from, as `taps/features` and `taps/class_map` where
   * it has them (`tapNames`). Default: false.
   */
  taps?: boolean;
  /**
   * Where to write the part of the model up to its first trained normalisation, in the form of `target`; nothing is
   * written where the model has none. Its only output, `normalized`, shows which values the model was trained on: for
   * pictures like those of its training, each channel is 0 on average with a deviation of 1.
   */
  firstNormalization?: string | undefined;
}

export interface NamedShape {
  name: string;
  /** Length of each axis, in Keras's order; null where it is open. */
  shape: Shape;
}

export interface CompiledGraph {
  inputs: NamedShape[];
  outputs: NamedShape[];
  /** What `probabilities` added; null when it added nothing. */
  addedActivation: AddedActivation | null;
}

/**
 * Compiles a Keras model. What is written appears complete or not at all.
 *
 * @param source a `.keras` file, or the `.h5` file of a whole model
 * @param target an `.onnx` file, whose weights go into `<target>.data` beside it; or a folder, which becomes a
 *   SavedModel
 * @throws KerasModelError that names what is damaged or not supported; OpenSizeError where `imageSize` is missing; a
 *   system error when a file cannot be read or written
 * @example const { outputs } = await compileKeras("model.keras", "model.onnx");
 */
export async function compileKeras(
  source: string,
  target: string,
  options: CompileOptions = {},
): Promise<CompiledGraph> {
  const { format = formatOf(source), imageSize, probabilities = false, taps = false } = options;
  await assertFree(target);
  const read = format === "hdf5" ? readKerasHdf5 : readKerasArchive;
  const model = await read(source, imageSize);
  try {
    const extended = probabilities ? addActivationToLogits(model.graph) : undefined;
    const classifier = extended?.graph ?? model.graph;
    const graph = taps ? addTaps(classifier) : classifier;
    await writeWhole(target, graph);
    if (options.firstNormalization !== undefined && model.firstNormalization !== undefined)
      await writeWhole(options.firstNormalization, model.firstNormalization);
    return { ...describe(graph), addedActivation: extended?.added ?? null };
  } finally {
    model.close();
  }
}

const formatOf = (source: string) => (/\.(h5|hdf5)$/i.test(source) ? "hdf5" : "keras");

/** An ONNX file is replaced, as by any compiler. A folder may hold anything, so only an empty one is. */
async function assertFree(target: string): Promise<void> {
  const entries = isOnnxPath(target) ? [] : await readdir(target).catch(ignoreAbsent);
  if (entries.length > 0)
    throw new KerasModelError(
      `Expected an empty or a new folder for the SavedModel but ${target} holds files: name another, or empty it`,
    );
}

function ignoreAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

async function writeWhole(target: string, graph: LayerGraph): Promise<void> {
  const partial = `${target.replace(/[/\\]+$/, "")}.partial-${randomUUID()}`;
  try {
    await mkdir(partial, { recursive: true });
    if (isOnnxPath(target)) {
      writeGraph(join(partial, basename(target)), graph);
      // A graph with another graph's weights would answer, but wrongly: the old graph is removed first, the new one
      // comes last.
      await rm(target, { force: true });
      for (const name of (await readdir(partial)).sort().reverse())
        await rename(join(partial, name), join(dirname(target), name));
    } else {
      writeGraph(partial, graph);
      await rename(partial, target);
    }
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function describe(graph: LayerGraph): { inputs: NamedShape[]; outputs: NamedShape[] } {
  return {
    inputs: graph.inputs.map(({ name, shape }) => ({ name, shape })),
    outputs: graph.outputs.map(({ name, node }) => ({ name, shape: graph.shapeOf(node) })),
  };
}
