import { ModelError } from "../../errors/model-error.ts";
import type { Predictor } from "../../schemas/model.ts";
import { createAnswerWatch } from "../answer-watch.ts";
import { staleAfterMs, waitForLook } from "../look-after-pause.ts";
import { ModelProcessEndedError } from "../model-process/model-process.ts";
import { createChallengerLookUp, type LookUpOptions } from "./challenger-look-up.ts";
import { createChallengerModel } from "./challenger-model.ts";

export interface ChallengerOptions extends LookUpOptions {
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/** A version that is tried beside the one that serves. Only `use` rejects, with what its `work` throws. */
export type Challenger = ReturnType<typeof createChallenger>;

export function createChallenger(options: ChallengerOptions) {
  const { settings, alias, log, clock = Date.now } = options;
  const model = createChallengerModel(options, clock);
  const watch = createAnswerWatch();
  const lookUp = createChallengerLookUp(options, model, watch.restart, clock);

  /**
   * A challenger whose process ended is tried again later, because the machine may have been busy. Three failures in a
   * row are the version's own fault.
   */
  const noteFailure = (error: ModelError): void => {
    const failsAlways = watch.failed();
    const hasEnded = error instanceof ModelProcessEndedError;
    if (!failsAlways && !hasEnded) return;
    const reference = model.reference();
    if (reference !== undefined && failsAlways) lookUp.withdraw(reference);
    else if (reference !== undefined) lookUp.postpone(reference);
    model.fail(
      failsAlways
        ? "The challenger fails on photographs and is no longer asked"
        : "The challenger's process ended; it is loaded again later",
      error,
    );
  };

  const noteAnswer = (timeMs: number): void => {
    watch.answered();
    if (model.rest.noteAnswer(timeMs))
      log.warn("The challenger is slow; photographs are skipped", { alias, timeMs });
  };

  return {
    /** Runs `work` with the challenger; undefined when no version can answer. */
    use<T>(work: (predictor: Predictor) => Promise<T>): Promise<T> | undefined {
      return model.use(async (predictor) => {
        const startedMs = clock();
        try {
          const value = await work(predictor);
          noteAnswer(clock() - startedMs);
          return value;
        } catch (error) {
          if (error instanceof ModelError && predictor === model.loaded()?.predictor) noteFailure(error);
          throw error;
        }
      });
    },

    /** Whether photographs are to be skipped, because the last answer was slow. */
    isResting: model.rest.isResting,

    /** Number of the version that can answer now; undefined when none can. */
    version: () => model.loaded()?.files.identity.version,

    memoryMb: model.memoryMb,
    mayAnswerCallers: model.mayAnswerCallers,
    state: model.state,

    /** After a pause, looks it up before it answers callers again: it may be the challenger no longer. */
    async lookAfterPause(): Promise<void> {
      if (model.loaded() !== undefined && lookUp.isOlderThan(staleAfterMs(settings)))
        await waitForLook(lookUp.refreshIfDue());
    },

    /** Looks up the challenger once MODEL_REFRESH_SECONDS have passed since the last time. Call it after a response. */
    refreshIfDue: lookUp.refreshIfDue,

    async dispose(): Promise<void> {
      model.drop();
    },
  };
}
