import type { ObjectStore } from "../../aws/object-store.ts";
import { ModelError } from "../../errors/model-error.ts";
import { nameFailure } from "../../errors/name-failure.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import { findVersion, type VersionReference } from "../../registry/resolve-version.ts";
import { createVersionCache } from "../../registry/version-cache/version-cache.ts";
import { remainingMs } from "../../resilience/pause.ts";
import { type ChallengerState, testEndedTag } from "../../schemas/challenger-state.ts";
import type { Log } from "../../schemas/log.ts";
import type { ModelFiles, Predictor } from "../../schemas/model.ts";
import type { ModelSettings } from "../../settings/model.ts";
import { createAnswerWatch } from "../answer-watch.ts";
import { type LoadedModel, type LoadPredictor, loadRegistryVersion } from "../load-model.ts";
import { staleAfterMs, waitForLook } from "../look-after-pause.ts";
import {
  type ModelProcess,
  ModelProcessEndedError,
  type ModelProcessOptions,
} from "../model-process/model-process.ts";
import { createPredictorSlot } from "../predictor-slot.ts";
import { createRetrySchedule } from "../retry-schedule.ts";
import { createChallengerRest } from "./challenger-rest.ts";

/** A challenger that takes longer for a photograph is too slow to be tried. */
export const challengerTimeoutMs = 5_000;
/** Time to get ready. On Lambda the environment takes no request meanwhile; elsewhere requests go first. */
const loadLimitMs = { onLambda: 60_000, elsewhere: 300_000 };
/** Memory in MB that a challenger must leave to requests. */
const leavesMb = 512;

export interface ChallengerOptions {
  settings: ModelSettings;
  /** Alias of the challenger; undefined: there is never one. */
  alias: string | undefined;
  mlflow: MlflowClient;
  store: ObjectStore;
  /** Loads the challenger in a process of its own: see openModelProcess. */
  openModel: (files: ModelFiles, options: ModelProcessOptions) => Promise<ModelProcess>;
  /** Memory of the function in MB; undefined where there is no limit, which is everywhere but on Lambda. */
  memoryLimitMb?: number | undefined;
  /** Number of the version that serves; undefined when none of the registry's does. */
  servingVersion(): string | undefined;
  /** Classes of the version that serves; none while no version does. */
  servingClasses(): readonly string[];
  log: Log;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/** A version that is tried beside the one that serves. Only `use` rejects, with what its `work` throws. */
export type Challenger = ReturnType<typeof createChallenger>;

export function createChallenger(options: ChallengerOptions) {
  const { settings, alias, mlflow, log, servingVersion, servingClasses, clock = Date.now } = options;
  const intervalMs = settings.refreshSeconds * 1000;
  const slot = createPredictorSlot((error) => log.warn("Freeing a challenger failed", { error }));
  const retries = createRetrySchedule(intervalMs, clock);
  const watch = createAnswerWatch();
  const rest = createChallengerRest(clock);
  // A start without the registry must go back to what served, never to what was tried.
  const cache = { ...createVersionCache(settings.cacheDirectory), rememberGood: async () => {} };

  let loaded: LoadedModel | undefined;
  let reference: VersionReference | undefined;
  /** Registry entries that loaded but could not answer. */
  const withdrawn = new Set<string>();
  /** Why it does not answer; everybody may read `problem`. */
  let failure: { reason: string; problem: string } | undefined;
  let memoryMb = 0;
  let lastCheckMs = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<void> | undefined;

  const isOlderThan = (ageMs: number): boolean =>
    remainingMs({ startedMs: lastCheckMs, lengthMs: ageMs }, clock()) === 0;

  /** Why it may not answer callers: they would get classes that they do not know. */
  const describeOtherClasses = (): string | undefined => {
    const classes = loaded?.predictor.contract.labels ?? [];
    const serving = servingClasses();
    if (classes.length === 0 || serving.length === 0) return undefined;
    if (classes.length === serving.length && classes.every((label) => serving.includes(label)))
      return undefined;
    return `Its classes (${classes.join(", ")}) are not those of the version that serves (${serving.join(", ")}): it answers in the shadow only`;
  };

  const drop = () => {
    loaded = undefined;
    memoryMb = 0;
    rest.reset();
    slot.replace(undefined);
  };

  const fail = (message: string, error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (failure?.reason !== reason) log.warn(message, { alias, version: reference?.version, error });
    failure = { reason, problem: `${message} (${nameFailure(error)})` };
    drop();
  };

  async function refresh(): Promise<void> {
    lastCheckMs = clock();
    let found: VersionReference | undefined;
    try {
      found = await findVersion(mlflow, settings.modelName, { alias: alias ?? "" });
    } catch (error) {
      // The loaded version goes on: only the registry could not be asked.
      log.debug("The challenger's alias could not be looked up", { error });
      return;
    }
    const isNew = found?.servingId !== reference?.servingId;
    reference = found;
    if (found === undefined || found.version === servingVersion()) {
      failure = undefined;
      return drop();
    }
    if (loaded?.servingId === found.servingId) return;
    if (isNew) {
      failure = undefined;
      watch.restart();
    }
    if (withdrawn.has(found.registryId) || !retries.isDue(found.registryId)) return;
    await load(found);
  }

  async function refreshIfDue(): Promise<void> {
    if (alias === undefined || !settings.enableRegistry) return;
    if (!isOlderThan(intervalMs)) return refreshing;
    refreshing ??= refresh().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  async function load(found: VersionReference): Promise<void> {
    drop();
    try {
      const loadPredictor = createLoader(options, (peakMemoryMb) => {
        memoryMb = peakMemoryMb;
      });
      const access = { ...options, loadPredictor, cache, prepare: undefined };
      loaded = await loadRegistryVersion(found, mlflow, access, undefined);
      slot.replace(loaded.predictor);
      retries.succeeded(found.registryId);
      failure = undefined;
      log.info("Challenger loaded", { alias, version: found.version, engine: loaded.predictor.engine });
    } catch (error) {
      retries.failed(found.registryId, error instanceof ModelError ? "version" : "server");
      fail("The challenger cannot be loaded; the version that serves is not affected", error);
    }
  }

  /**
   * A challenger whose process ended is tried again later, because the machine may have been busy. Three failures in a
   * row are the version's own fault.
   */
  const noteFailure = (error: ModelError): void => {
    const failsAlways = watch.failed();
    const hasEnded = error instanceof ModelProcessEndedError;
    if (!failsAlways && !hasEnded) return;
    if (reference !== undefined && failsAlways) withdrawn.add(reference.registryId);
    else if (reference !== undefined) retries.failed(reference.registryId, "version");
    fail(
      failsAlways
        ? "The challenger fails on photographs and is no longer asked"
        : "The challenger's process ended; it is loaded again later",
      error,
    );
  };

  const noteAnswer = (timeMs: number): void => {
    watch.answered();
    if (rest.noteAnswer(timeMs))
      log.warn("The challenger is slow; photographs are skipped", { alias, timeMs });
  };

  return {
    /** Runs `work` with the challenger; undefined when no version can answer. */
    use<T>(work: (predictor: Predictor) => Promise<T>): Promise<T> | undefined {
      return slot.use(async (predictor) => {
        const startedMs = clock();
        try {
          const value = await work(predictor);
          noteAnswer(clock() - startedMs);
          return value;
        } catch (error) {
          if (error instanceof ModelError && predictor === loaded?.predictor) noteFailure(error);
          throw error;
        }
      });
    },

    /** Whether photographs are to be skipped, because the last answer was slow. */
    isResting: rest.isResting,

    /** Number of the version that can answer now; undefined when none can. */
    version: () => loaded?.files.identity.version,

    /** The most memory in MB that its process has used until it was ready; 0 while none is loaded. */
    memoryMb: () => memoryMb,

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

    /** After a pause, looks it up before it answers callers again: it may be the challenger no longer. */
    async lookAfterPause(): Promise<void> {
      if (loaded !== undefined && isOlderThan(staleAfterMs(settings))) await waitForLook(refreshIfDue());
    },

    /** Looks up the challenger once MODEL_REFRESH_SECONDS have passed since the last time. Call it after a response. */
    refreshIfDue,

    async dispose(): Promise<void> {
      drop();
    },
  };
}

class ModelTooSlowError extends ModelError {}

/** Refuses a version that does not fit beside this process, or takes too long for a photograph. */
function createLoader(
  { openModel, memoryLimitMb }: ChallengerOptions,
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
