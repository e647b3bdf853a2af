import { nameFailure } from "../../errors/name-failure.ts";
import type { VersionReference } from "../../registry/resolve-version.ts";
import { type ChallengerState, testEndedTag } from "../../schemas/challenger-state.ts";
import type { Log } from "../../schemas/log.ts";
import type { LoadedModel } from "../load-model.ts";
import { createPredictorSlot } from "../predictor-slot.ts";
import { createChallengerRest } from "./challenger-rest.ts";

export interface ChallengerModelOptions {
  /** Alias of the challenger; undefined: there is never one. */
  alias: string | undefined;
  /** Number of the version that serves; undefined when none of the registry's does. */
  servingVersion(): string | undefined;
  /** Classes of the version that serves; none while no version does. */
  servingClasses(): readonly string[];
  log: Log;
}

export type ChallengerModel = ReturnType<typeof createChallengerModel>;

/** The version that has the challenger's alias, its model once that is loaded, and why it does not answer, if it does not. */
export function createChallengerModel(options: ChallengerModelOptions, clock: () => number) {
  const { alias, servingVersion, servingClasses, log } = options;
  const slot = createPredictorSlot((error) => log.warn("Freeing a challenger failed", { error }));
  const rest = createChallengerRest(clock);
  let loaded: LoadedModel | undefined;
  let reference: VersionReference | undefined;
  /** Why it does not answer; everybody may read `problem`. */
  let failure: { reason: string; problem: string } | undefined;
  let memoryMb = 0;

  const describeOtherClasses = () =>
    compareClasses(loaded?.predictor.contract.labels ?? [], servingClasses());

  const drop = () => {
    loaded = undefined;
    memoryMb = 0;
    rest.reset();
    slot.replace(undefined);
  };

  return {
    loaded: () => loaded,
    /** See PredictorSlot. */
    use: slot.use,
    rest,
    reference: () => reference,

    setReference(found: VersionReference | undefined): void {
      reference = found;
    },

    /** The most memory in MB that its process has used until it was ready; 0 while none is loaded. */
    memoryMb: () => memoryMb,

    noteMemory(peakMemoryMb: number): void {
      memoryMb = peakMemoryMb;
    },

    replace(model: LoadedModel): void {
      loaded = model;
      slot.replace(model.predictor);
    },

    /** Frees the model once nobody uses it. */
    drop,

    /** Drops the model, and remembers why; logs it when it is news. */
    fail(message: string, error: unknown): void {
      const reason = error instanceof Error ? error.message : String(error);
      if (failure?.reason !== reason) log.warn(message, { alias, version: reference?.version, error });
      failure = { reason, problem: `${message} (${nameFailure(error)})` };
      drop();
    },

    clearFailure(): void {
      failure = undefined;
    },

    /**
     * Whether it may answer callers: it has not been promoted, its test was not ended, and its classes are those that callers
     * know.
     */
    mayAnswerCallers: () =>
      loaded !== undefined &&
      loaded.files.identity.version !== servingVersion() &&
      reference?.tags[testEndedTag] === undefined &&
      describeOtherClasses() === undefined,

    state(): ChallengerState {
      const testEnded = reference?.tags[testEndedTag];
      const shown = rest.reason() ?? failure?.problem ?? describeOtherClasses();
      return {
        status: loaded !== undefined ? "ready" : failure !== undefined ? "failed" : "absent",
        ...(reference !== undefined && { version: reference.version }),
        ...(loaded !== undefined && { engine: loaded.predictor.engine }),
        ...(shown !== undefined && { problem: shown }),
        ...(testEnded !== undefined && { test_ended: testEnded }),
      };
    },
  };
}

/** Why a version with these classes may not answer callers: they would get classes that they do not know. */
function compareClasses(classes: readonly string[], serving: readonly string[]): string | undefined {
  if (classes.length === 0 || serving.length === 0) return undefined;
  if (classes.length === serving.length && classes.every((label) => serving.includes(label)))
    return undefined;
  return `Its classes (${classes.join(", ")}) are not those of the version that serves (${serving.join(", ")}): it answers in the shadow only`;
}
