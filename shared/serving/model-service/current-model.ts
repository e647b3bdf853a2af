import { ModelError } from "../../errors/model-error.ts";
import { nameFailure } from "../../errors/name-failure.ts";
import type { Log } from "../../schemas/log.ts";
import type { Predictor } from "../../schemas/model.ts";
import { createAnswerWatch } from "../answer-watch.ts";
import type { LoadedModel } from "../load-model.ts";
import { createPredictorSlot } from "../predictor-slot.ts";
import type { ModelState } from "./model-service-types.ts";

export interface CurrentModelOptions {
  /** What the settings ask for, in words. */
  wanted: string;
  log: Log;
  /** Milliseconds since 1970. */
  clock: () => number;
}

export type CurrentModel = ReturnType<typeof createCurrentModel>;

/** The model that serves, the one before it, and why the wanted version does not serve, if it does not. */
export function createCurrentModel({ wanted, log, clock }: CurrentModelOptions) {
  const slot = createPredictorSlot((error) => log.warn("Freeing a replaced model failed", { error }));
  const watch = createAnswerWatch();
  let serving: (LoadedModel & { loadedAtMs: number }) | undefined;
  let before: Omit<LoadedModel, "predictor"> | undefined;
  let failure: ModelState["failure"];

  const setFailure = (
    error: unknown,
    version?: string,
    isOfServer = !(error instanceof ModelError),
    kind = nameFailure(error),
  ): void => {
    const reason = error instanceof Error ? error.message : String(error);
    if (failure?.reason !== reason) log.warn("The wanted model does not serve", { wanted, error });
    failure = {
      ...{ reason, kind, atMs: clock() },
      ...(version !== undefined && { version }),
      ...(isOfServer && { isOfServer }),
    };
  };

  return {
    serving: () => serving,
    /** What served before, to go back to. */
    before: () => before,
    failure: () => failure,
    /** See PredictorSlot. */
    use: <T>(work: (predictor: Predictor) => Promise<T>): Promise<T> | undefined => slot.use(work),

    replace(model: LoadedModel): void {
      if (serving !== undefined)
        before = { files: serving.files, from: serving.from, servingId: serving.servingId };
      serving = { ...model, loadedAtMs: clock() };
      slot.replace(model.predictor);
      watch.restart();
    },

    /** For a model that replaced a failing one: there is nothing to go back to. */
    forgetBefore(): void {
      before = undefined;
    },

    /** Remembers why the wanted version does not serve, and logs it when it is news. */
    setFailure,

    /** Says again why the wanted version does not serve. */
    restoreFailure(known: ModelState["failure"]): void {
      failure = known;
    },

    clearFailure(): void {
      failure = undefined;
    },

    /** The model has answered: a failure of this version at earlier photographs is over. */
    noteAnswer(): void {
      watch.answered();
      const isOfThisVersion = failure?.version === serving?.files.identity.version;
      if (failure?.isOfAnswers === true && isOfThisVersion) failure = undefined;
    },

    /** This version failed on a photograph. Returns whether it has failed too often in a row. */
    noteFailedAnswer(error: ModelError, version: string | undefined): boolean {
      setFailure(error, version);
      if (failure !== undefined) failure.isOfAnswers = true;
      return watch.failed();
    },

    /** Counts failed answers from zero again. */
    restartWatch: watch.restart,

    /** Frees the model once no request uses it. */
    dispose(): void {
      serving = undefined;
      slot.replace(undefined);
    },
  };
}
