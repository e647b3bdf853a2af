import type { EngineName } from "../../contracts/model.ts";
import type { AddedActivation } from "../../keras-compiler/add-activation.ts";

/**
 * Part of the key under which compiled graphs are kept: raise it when the same model would be compiled to another
 * graph, and files of earlier versions are no longer used.
 */
export const compilerVersion = 3;

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
