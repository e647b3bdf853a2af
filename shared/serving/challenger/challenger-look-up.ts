import type { ObjectStore } from "../../aws/object-store.ts";
import { ModelError } from "../../errors/model-error.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import { findVersion, type VersionReference } from "../../registry/resolve-version.ts";
import { createVersionCache } from "../../registry/version-cache/version-cache.ts";
import { remainingMs } from "../../resilience/pause.ts";
import type { ModelSettings } from "../../settings/model.ts";
import { loadRegistryVersion } from "../load-model.ts";
import { createRetrySchedule, type RetrySchedule } from "../retry-schedule.ts";
import type { ChallengerModel, ChallengerModelOptions } from "./challenger-model.ts";
import { type ChallengerLoading, createChallengerLoader } from "./load-challenger.ts";

export interface LookUpOptions extends ChallengerModelOptions, ChallengerLoading {
  settings: ModelSettings;
  mlflow: MlflowClient;
  store: ObjectStore;
}

/** Looks up which version has the challenger's alias, and loads it. @param onOther called when another version has it */
export function createChallengerLookUp(
  options: LookUpOptions,
  model: ChallengerModel,
  onOther: () => void,
  clock: () => number,
) {
  const { settings, alias, mlflow, log, servingVersion } = options;
  const intervalMs = settings.refreshSeconds * 1000;
  const retries = createRetrySchedule(intervalMs, clock);
  const load = createLoading(options, model, retries);
  /** Registry entries that loaded but could not answer. */
  const withdrawn = new Set<string>();
  let lastCheckMs = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<void> | undefined;

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
    const isNew = found?.servingId !== model.reference()?.servingId;
    model.setReference(found);
    if (found === undefined || found.version === servingVersion()) {
      model.clearFailure();
      return model.drop();
    }
    if (model.loaded()?.servingId === found.servingId) return;
    if (isNew) {
      model.clearFailure();
      onOther();
    }
    if (!withdrawn.has(found.registryId) && retries.isDue(found.registryId)) await load(found);
  }

  const isOlderThan = (ageMs: number): boolean =>
    remainingMs({ startedMs: lastCheckMs, lengthMs: ageMs }, clock()) === 0;

  return {
    isOlderThan,

    /** Looks it up once MODEL_REFRESH_SECONDS have passed since the last time. */
    async refreshIfDue(): Promise<void> {
      if (alias === undefined || !settings.enableRegistry) return;
      if (!isOlderThan(intervalMs)) return refreshing;
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },

    /** A version that cannot answer is not loaded again. */
    withdraw({ registryId }: VersionReference): void {
      withdrawn.add(registryId);
    },

    /** A version that could not answer now is loaded again later. */
    postpone({ registryId }: VersionReference): void {
      retries.failed(registryId, "version");
    },
  };
}

/** Returns a function that loads a version in place of the one before, and never rejects. */
function createLoading(options: LookUpOptions, model: ChallengerModel, retries: RetrySchedule) {
  const { settings, alias, mlflow, log } = options;
  // A start without the registry must go back to what served, never to what was tried.
  const cache = { ...createVersionCache(settings.cacheDirectory), rememberGood: async () => {} };

  return async (found: VersionReference): Promise<void> => {
    model.drop();
    try {
      const loadPredictor = createChallengerLoader(options, model.noteMemory);
      const access = { ...options, loadPredictor, cache, prepare: undefined };
      const loaded = await loadRegistryVersion(found, mlflow, access);
      model.replace(loaded);
      retries.succeeded(found.registryId);
      model.clearFailure();
      log.info("Challenger loaded", { alias, version: found.version, engine: loaded.predictor.engine });
    } catch (error) {
      retries.failed(found.registryId, error instanceof ModelError ? "version" : "server");
      model.fail("The challenger cannot be loaded; the version that serves is not affected", error);
    }
  };
}
