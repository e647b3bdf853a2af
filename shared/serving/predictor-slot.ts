import type { Predictor } from "../schemas/model.ts";

interface Held {
  predictor: Predictor;
  users: number;
  isRetired: boolean;
}

/** Holds the predictor that serves. A replaced one is disposed when the last request that uses it is done. */
export interface PredictorSlot {
  readonly current: Predictor | undefined;
  /** Runs `work` with the predictor of this moment; undefined when there is none. */
  use<T>(work: (predictor: Predictor) => Promise<T>): Promise<T> | undefined;
  /** Puts another predictor in place, or none; requests that came before finish with the old one. */
  replace(predictor: Predictor | undefined): void;
}

/** @param onDisposeError told when freeing an old predictor fails; nothing waits for it */
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
    get current() {
      return held?.predictor;
    },

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
