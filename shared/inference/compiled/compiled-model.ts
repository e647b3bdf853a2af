import { join } from "node:path";
import type { EngineName } from "../../contracts/model.ts";
import type { AddedActivation } from "../../keras-compiler/index.ts";

/** Where a compiled graph lies in its folder: what the engine loads. */
export function graphPathIn(folder: string, engine: EngineName): string {
  return engine === "onnx" ? join(folder, "model.onnx") : folder;
}

/** A graph in an engine's own format, on disk. */
export interface CompiledModel {
  engine: EngineName;
  /** Absolute path of what the engine loads. */
  path: string;
  /** The folder an earlier load compiled it into; undefined when it was compiled now, or needs no compiling. */
  keptFolder: string | undefined;
  /** What was added to a model that ended in logits; null when nothing was. */
  addedActivation: AddedActivation | null;
}
