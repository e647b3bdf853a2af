import { ModelError } from "../../errors/model-error.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import { resolveVersion, type VersionReference, type VersionWish } from "../../registry/resolve-version.ts";
import { type LoadedModel, type LoadModelOptions, loadRegistryVersion } from "../load-model.ts";
import { createRetrySchedule } from "../retry-schedule.ts";
import type { CurrentModel } from "./current-model.ts";
import type { ModelState } from "./model-service-types.ts";

export interface WantedVersionOptions {
  wish: VersionWish;
  mlflow: MlflowClient;
  current: CurrentModel;
  /** How a version is loaded. */
  access: LoadModelOptions;
  /** Called with each version that was loaded; must make it serve. */
  onLoaded(model: LoadedModel, startedMs: number): void;
  /** Called with each failure that is news; `version` is `unresolved` when the registry did not name one. */
  onFailed(version: string, startedMs: number): void;
  /** Milliseconds since 1970. */
  clock: () => number;
}

export type WantedVersion = ReturnType<typeof createWantedVersion>;

/** The version that the settings ask the registry for: looks it up and loads it when it changes. */
export function createWantedVersion(options: WantedVersionOptions) {
  const { mlflow, current, access, onLoaded, onFailed, clock } = options;
  const { settings } = access;
  const look = createRegistryLook(options);
  const retries = createRetrySchedule(settings.refreshSeconds * 1000, clock);
  /** Versions that were loaded here before: compiled, and known not to end the process. */
  const proven = new Set<string>();
  /** `servingId` of versions that loaded but could not answer; forgotten when another version is wanted. */
  const withdrawn = new Set<string>();
  let lastServingId: string | undefined;
  let unservable: string | undefined;

  /** Whether a version is to be loaded now: it does not serve yet, and has not just failed. */
  function isDue({ version, registryId, servingId }: VersionReference): boolean {
    const serving = current.serving();
    const failure = current.failure();
    if (lastServingId !== undefined && servingId !== lastServingId) withdrawn.clear();
    lastServingId = servingId;
    if (withdrawn.has(servingId)) return false;
    if (servingId === serving?.servingId) {
      if (failure?.isOfAnswers !== true || failure.version !== version) current.clearFailure();
      return false;
    }
    return serving === undefined || retries.isDue(registryId);
  }

  async function load(reference: VersionReference, startedMs: number): Promise<void> {
    try {
      const prepare = proven.has(reference.contentId) ? undefined : access.prepare;
      const model = await loadRegistryVersion(reference, mlflow, { ...access, prepare }, current.serving);
      proven.add(reference.contentId);
      retries.succeeded(reference.registryId);
      unservable = undefined;
      current.clearFailure();
      onLoaded(model, startedMs);
    } catch (error) {
      const isOfVersion = error instanceof ModelError;
      const isNews = retries.failed(reference.registryId, isOfVersion ? "version" : "server");
      current.setFailure(error, reference.version);
      unservable = isOfVersion ? reference.version : undefined;
      if (isNews) onFailed(reference.version, startedMs);
    }
  }

  return {
    /** Asks the registry for the wanted version and loads it if need be. Never rejects: see `current.failure`. */
    async refresh(): Promise<void> {
      const startedMs = clock();
      const reference = await look.resolve();
      if (reference === undefined) {
        if (current.serving() === undefined) onFailed("unresolved", startedMs);
      } else if (isDue(reference)) {
        await load(reference, startedMs);
      }
    },

    /** Number of the wanted version, if it was found but is itself at fault. */
    unservable: () => unservable,

    /** A version that cannot answer is not loaded again while it is the wanted one. */
    withdraw(servingId: string): void {
      withdrawn.add(servingId);
    },

    lastCheckMs: look.lastCheckMs,
    state: look.state,
  };
}

/** Asks the registry which version is wanted. */
function createRegistryLook({ wish, mlflow, current, access, clock }: WantedVersionOptions) {
  let registryReachable: boolean | undefined;
  let lastCheckMs: number | undefined;
  /** What was wrong with the version before a look at the registry failed; it is again once one succeeds. */
  let hidden: ModelState["failure"];

  return {
    /** Undefined, with the failure set, when the registry cannot be asked or has no such version. */
    async resolve(): Promise<VersionReference | undefined> {
      lastCheckMs = clock();
      try {
        const reference = await resolveVersion(mlflow, access.settings.modelName, wish);
        registryReachable = true;
        // A failure of the look itself names no version.
        if (hidden !== undefined && current.failure()?.version === undefined) current.restoreFailure(hidden);
        hidden = undefined;
        return reference;
      } catch (error) {
        registryReachable = error instanceof ModelError;
        const failure = current.failure();
        if (failure?.version !== undefined && !failure.isOfServer) hidden = failure;
        current.setFailure(error);
        return undefined;
      }
    },

    /** Milliseconds since 1970 when the registry was last asked; undefined before. */
    lastCheckMs: () => lastCheckMs,

    /** What the registry said when it was last asked. */
    state: (): Pick<ModelState, "registryReachable" | "lastCheckMs"> => ({
      ...(registryReachable !== undefined && { registryReachable }),
      ...(lastCheckMs !== undefined && { lastCheckMs }),
    }),
  };
}
