import type { EngineName } from "../../contracts/model.ts";

/**
 * Part of the key under which compiled graphs are kept: raise it when the same model would be compiled to another
 * graph, and files of earlier versions are no longer used.
 */
export const compilerVersion = 2;

/** A graph in an engine's own format, on disk. */
export interface CompiledModel {
  engine: EngineName;
  /** Absolute path of what the engine loads. */
  path: string;
  /** The folder an earlier load compiled it into; undefined when it was compiled now, or needs no compiling. */
  keptFolder: string | undefined;
  /** True when the model ended in logits, so that a softmax was added to it. */
  softmaxAdded: boolean;
}
