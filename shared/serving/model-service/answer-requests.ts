import { ModelError, ModelNotLoadedError } from "../../errors/model-error.ts";
import type { Predictor } from "../../schemas/model.ts";
import type { CurrentModel } from "./current-model.ts";

/**
 * Answers requests with the current model. A failure of the model itself, not of the request, counts against it; after
 * too many in a row another model takes over and answers the last request.
 *
 * @param takeOver replaces the current model, if another one can serve
 * @returns a function that rejects with ModelNotLoadedError (503) when no model is loaded, and with what `work` throws
 */
export function createRequestAnswering(current: CurrentModel, takeOver: () => Promise<void>) {
  let takingOver: Promise<void> | undefined;

  return async <T>(work: (predictor: Predictor) => Promise<T>): Promise<T> => {
    const result = current.use(work);
    if (result === undefined)
      throw new ModelNotLoadedError(`No model is loaded: ${current.failure()?.reason ?? "not started"}`);
    const { servingId, files } = current.serving() ?? {};
    const isReplaced = () => servingId !== current.serving()?.servingId;
    try {
      const answer = await result;
      if (!isReplaced()) current.noteAnswer();
      return answer;
    } catch (error) {
      if (!(error instanceof ModelError) || isReplaced()) throw error;
      if (!current.noteFailedAnswer(error, files?.identity.version)) throw error;
      takingOver ??= takeOver().finally(() => {
        takingOver = undefined;
      });
      await takingOver;
      if (!isReplaced()) throw error;
      return await (current.use(work) ?? Promise.reject(error));
    }
  };
}
