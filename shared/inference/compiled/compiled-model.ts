import { join } from "node:path";
import type { EngineName } from "../../schemas/model.ts";

/** What the engine loads from the folder of a compiled graph. */
export function graphPathIn(folder: string, engine: EngineName): string {
  return engine === "onnx" ? join(folder, "model.onnx") : folder;
}

/** Where the part of the graph up to its first trained normalisation lies, if it has one. */
export function normalizationPathIn(folder: string, engine: EngineName): string {
  return join(folder, engine === "onnx" ? "first-normalization.onnx" : "first-normalization");
}

/** A graph in an engine's own format, on disk. */
export interface CompiledModel {
  engine: EngineName;
  /** Absolute path of what the engine loads. */
  path: string;
  /** Where the part that tells which values the model was trained on may lie; only Keras models have one. */
  normalizationPath?: string;
  /**
   * The folder to remove if the engine refuses the graph: what an earlier load compiled, or a copy with taps. Undefined
   * when there is nothing else to try.
   */
  keptFolder: string | undefined;
  /** The folder of its own that the graph lies in, where what a load has learned of it may be kept; undefined for a version's own file. */
  folder?: string;
}
