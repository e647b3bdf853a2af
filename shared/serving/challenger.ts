import type { ObjectStore } from "../aws/object-store.ts";
import type { ChallengerState } from "../contracts/challenger-state.ts";
import type { Log } from "../contracts/log.ts";
import type { ModelFiles, Predictor } from "../contracts/model.ts";
import { ModelError } from "../errors/model-error.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import { testEndedTag } from "../registry/experiment-tags.ts";
import { resolveVersion, type VersionReference } from "../registry/resolve-version.ts";
import { createVersionCache } from "../registry/version-cache.ts";
import type { ModelSettings } from "../settings/model.ts";
import { createAnswerWatch } from "./answer-watch.ts";
import { type LoadedModel, type LoadPredictor, loadRegistryVersion } from "./load-model.ts";
import { createPredictorSlot } from "./predictor-slot.ts";
import type { PrepareModel } from "./prepare-model.ts";
import { createRetrySchedule } from "./retry-schedule.ts";

/** Requests are answered while a challenger is loaded: where it can be, it is prepared in another process first. */
const somethingServes = { files: { directory: "" } };
/** A challenger that takes longer for a photograph is too slow to be tried. */
export const challengerTimeoutMs = 5_000;
/** Memory that a challenger must leave to the requests. */
const leavesMb = 512;

export interface ChallengerOptions {
  settings: ModelSettings;
  /** Undefined: there is never a challenger. */
  alias: string | undefined;
  mlflow: MlflowClient;
  store: ObjectStore;
  /** Refuses what needs more than `memoryLimitMb`, where that is given, with what is in use already. */
  loadPredictor: (
    files: ModelFiles,
    options: Parameters<LoadPredictor>[1] & { memoryLimitMb?: number },
  ) => Promise<Predictor>;
  /** Memory of the function in MB, where there is a limit: on Lambda. */
  memoryLimitMb?: number | undefined;
  prepare?: PrepareModel | undefined;
  /** Number of the version that serves; undefined when none of the registry's does. */
  servingVersion(): string | undefined;
  log: Log;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/** A version that is tried beside the one that serves. Nothing here rejects but the work that is given to `use`. */
export type Challenger = ReturnType<typeof createChallenger>;

export function createChallenger(options: ChallengerOptions) {
  const { settings, alias, mlflow, log, servingVersion, memoryLimitMb, clock = Date.now } = options;
  const prepareModel = options.prepare;
  const limit = memoryLimitMb === undefined ? {} : { memoryLimitMb: memoryLimitMb - leavesMb };
  const loadPredictor: LoadPredictor = (files, load) => options.loadPredictor(files, { ...load, ...limit });
  const intervalMs = settings.refreshSeconds * 1000;
  const slot = createPredictorSlot((error) => log.warn("Freeing a challenger failed", { error }));
  const retries = createRetrySchedule(intervalMs, clock);
  const watch = createAnswerWatch();
  // What the service goes back to without the registry is what served, never what was tried.
  const cache = { ...createVersionCache(settings.cacheDirectory), rememberGood: async () => {} };

  /** Another process has measured it: it need not be loaded where requests are answered. */
  const prepare: PrepareModel | undefined =
    prepareModel &&
    (async (files, engine) => {
      const prepared = await prepareModel(files, engine);
      const { inferenceTimeMs } = prepared;
      if (inferenceTimeMs <= challengerTimeoutMs) return prepared;
      throw new ModelError(
        `It takes ${Math.round(inferenceTimeMs)} ms for a photograph; a challenger may take ${challengerTimeoutMs}`,
      );
    });

  let loaded: LoadedModel | undefined;
  let reference: VersionReference | undefined;
  /** Registry entries that loaded but could not answer. */
  const withdrawn = new Set<string>();
  let problem: string | undefined;
  let lastCheckMs = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<void> | undefined;

  const drop = () => {
    loaded = undefined;
    slot.replace(undefined);
  };

  const fail = (message: string, error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (problem !== reason) log.warn(message, { alias, version: reference?.version, error });
    problem = reason;
    drop();
  };

  async function resolve(): Promise<VersionReference | undefined> {
    try {
      return await resolveVersion(mlflow, settings.modelName, { alias: alias ?? "" });
    } catch (error) {
      if (error instanceof ModelError) return undefined;
      throw error;
    }
  }

  async function refresh(): Promise<void> {
    lastCheckMs = clock();
    let found: VersionReference | undefined;
    try {
      found = await resolve();
    } catch (error) {
      // Whatever is loaded goes on: the registry only could not be asked.
      log.debug("The challenger's alias could not be looked up", { error });
      return;
    }
    const isNew = found?.servingId !== reference?.servingId;
    reference = found;
    if (found === undefined || found.version === servingVersion()) {
      problem = undefined;
      return drop();
    }
    if (loaded?.servingId === found.servingId) return;
    if (isNew) problem = undefined;
    if (withdrawn.has(found.registryId) || !retries.isDue(found.registryId)) return;
    await load(found);
  }

  async function load(found: VersionReference): Promise<void> {
    drop();
    try {
      const access = { ...options, loadPredictor, cache, prepare };
      loaded = await loadRegistryVersion(found, mlflow, access, somethingServes);
      slot.replace(loaded.predictor);
      watch.restart();
      retries.succeeded(found.registryId);
      problem = undefined;
      log.info("Challenger loaded", { alias, version: found.version, engine: loaded.predictor.engine });
    } catch (error) {
      retries.failed(found.registryId);
      fail("The challenger cannot be loaded; the version that serves is not affected", error);
    }
  }

  return {
    /** Runs `work` with the challenger; undefined when there is none to run it with. */
    use<T>(work: (predictor: Predictor) => Promise<T>): Promise<T> | undefined {
      const result = slot.use(work);
      return result?.then(
        (value) => {
          watch.answered();
          return value;
        },
        (error: unknown) => {
          if (error instanceof ModelError && watch.failed()) {
            if (reference !== undefined) withdrawn.add(reference.registryId);
            fail("The challenger fails on photographs and is no longer asked", error);
          }
          throw error;
        },
      );
    },

    /** Version that can answer now; undefined when there is none. */
    version: () => loaded?.files.identity.version,

    /** Whether its A/B test was ended. */
    isTestEnded: () => reference?.tags[testEndedTag] !== undefined,

    state(): ChallengerState {
      const testEnded = reference?.tags[testEndedTag];
      return {
        status: loaded !== undefined ? "ready" : problem !== undefined ? "failed" : "absent",
        ...(reference !== undefined && { version: reference.version }),
        ...(loaded !== undefined && { engine: loaded.predictor.engine }),
        ...(problem !== undefined && { problem }),
        ...(testEnded !== undefined && { test_ended: testEnded }),
      };
    },

    /** Looks who the challenger is when MODEL_REFRESH_SECONDS have passed since the last look. Call it after an answer. */
    async refreshIfDue(): Promise<void> {
      if (alias === undefined || !settings.enableRegistry) return;
      if (clock() - lastCheckMs < intervalMs) return refreshing;
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },

    async dispose(): Promise<void> {
      drop();
    },
  };
}
