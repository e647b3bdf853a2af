import { ModelError } from "../../errors/model-error.ts";
import type { ModelFiles } from "../../schemas/model.ts";
import type { LoadPredictor } from "../load-model.ts";
import type { ModelProcess, ModelProcessOptions } from "../model-process/model-process.ts";

/** A challenger that takes longer for a photograph is too slow to be tried. */
export const challengerTimeoutMs = 5_000;
/**
 * Time to get ready. On Lambda the environment takes no request meanwhile, and a load that the deadline interrupts goes on at the
 * next event; elsewhere requests go first.
 */
const loadLimitMs = { onLambda: 60_000, elsewhere: 300_000 };
/** Memory in MB that a challenger must leave to requests. */
const leavesMb = 512;

export interface ChallengerLoading {
  /** Loads the challenger in a process of its own: see openModelProcess. */
  openModel: (files: ModelFiles, options: ModelProcessOptions) => Promise<ModelProcess>;
  /** Memory of the function in MB; undefined where there is no limit, which is everywhere but on Lambda. */
  memoryLimitMb?: number | undefined;
}

class ModelTooSlowError extends ModelError {}

/** Refuses a version that does not fit beside this process, or takes too long for a photograph. */
export function createChallengerLoader(
  { openModel, memoryLimitMb }: ChallengerLoading,
  noteMemory: (peakMemoryMb: number) => void,
): LoadPredictor {
  return async (files, { engine }) => {
    const { predictor, inferenceTimeMs, peakMemoryMb } = await openModel(files, {
      engine,
      loadLimitMs: memoryLimitMb === undefined ? loadLimitMs.elsewhere : loadLimitMs.onLambda,
      answerLimitMs: challengerTimeoutMs,
      memoryLimitMb,
      memoryElsewhereMb: leavesMb + process.memoryUsage.rss() / 2 ** 20,
    });
    noteMemory(peakMemoryMb);
    if (inferenceTimeMs <= challengerTimeoutMs) return predictor;
    await predictor.dispose();
    throw new ModelTooSlowError(
      `It takes ${Math.round(inferenceTimeMs)} ms for a photograph; a challenger may take at most ${challengerTimeoutMs} ms`,
    );
  };
}
