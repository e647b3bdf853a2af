import { join } from "node:path";
import type { EngineName } from "../../schemas/model.ts";

/** Where a compiled graph lies in its folder: what the engine loads. */
export function graphPathIn(folder: string, engine: EngineName): string {
  return engine === "onnx" ? join(folder, "model.onnx") : folder;
}

/** Where the part of it up to its first trained normalisation lies, if it has one. */
export function normalizationPathIn(folder: string, engine: EngineName): string {
  return join(folder, engine === "onnx" ? "first-normalization.onnx" : "first-normalization");
}

/** A graph in an engine's own format, on disk. */
export interface CompiledModel {
  engine: EngineName;
  /** Absolute path of what the engine loads. */
  path: string;
  /** Where the part that tells which values it was trained on lies, if it has one; a Keras model alone may. */
  normalizationPath?: string;
  /** The folder an earlier load compiled it into; undefined when it was compiled now, or needs no compiling. */
  keptFolder: string | undefined;
}
