import { join } from "node:path";
import type { EngineName } from "../../contracts/model.ts";

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
}
