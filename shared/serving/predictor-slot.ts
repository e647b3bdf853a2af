import type { Predictor } from "../schemas/model.ts";

interface Held {
  predictor: Predictor;
  users: number;
  isRetired: boolean;
}

/** Holds the predictor that serves. A replaced one is disposed once the last request that uses it is done. */
export interface PredictorSlot {
  /** Runs `work` with the current predictor; undefined when there is none. */
  use<T>(work: (predictor: Predictor) => Promise<T>): Promise<T> | undefined;
  /** Sets another predictor, or none; requests under way finish with the old one. */
  replace(predictor: Predictor | undefined): void;
}

/** @param onDisposeError called when an old predictor cannot be freed, which nothing waits for */
export function createPredictorSlot(onDisposeError: (error: unknown) => void): PredictorSlot {
  let held: Held | undefined;

  const disposeWhenUnused = (candidate: Held) => {
    if (candidate.isRetired && candidate.users === 0) candidate.predictor.dispose().catch(onDisposeError);
  };

  const useHeld = async <T>(taken: Held, work: (predictor: Predictor) => Promise<T>): Promise<T> => {
    taken.users += 1;
    try {
      return await work(taken.predictor);
    } finally {
      taken.users -= 1;
      disposeWhenUnused(taken);
    }
  };

  return {
    use: (work) => held && useHeld(held, work),

    replace(predictor) {
      const old = held;
      held = predictor && { predictor, users: 0, isRetired: false };
      if (old === undefined) return;
      old.isRetired = true;
      disposeWhenUnused(old);
    },
  };
}
