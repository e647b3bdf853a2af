import { ServiceError } from "../../errors/service-error.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import type { VersionWish } from "../../registry/resolve-version.ts";
import { waitAtMost } from "../../resilience/wait-at-most.ts";
import type { ModelSettings } from "../../settings/model.ts";
import {
  type LoadedModel,
  type LoadModelOptions,
  loadAgain,
  loadLastGood,
  loadLocalModel,
  loadPreviousVersion,
} from "../load-model.ts";

/** A way to load a model that may serve in place of another. */
export type LoadFallback = (access: LoadModelOptions) => Promise<LoadedModel>;

export interface FallbackOptions {
  settings: ModelSettings;
  wish: VersionWish;
  mlflow: MlflowClient;
  /** Where the service's sessions have their runs. */
  experimentName: string;
}

/** Requests wait while the version before is fetched and loaded. */
const previousLimitMs = 10_000;

/** What may serve in place of the wanted version, the best first. */
export function createFallbacks({ settings, wish, mlflow, experimentName }: FallbackOptions) {
  const packaged = settings.localModelFallback ? [loadLocalModel] : [];

  /** The version that had the stage or the alias before the current one; none where a version number is wanted. */
  const loadBefore = (current: string | undefined): LoadFallback[] => {
    if (current === undefined || "version" in wish) return [];
    const pointer = "stage" in wish ? wish.stage : `@${wish.alias}`;
    const query = { name: settings.modelName, pointer, current, experimentName };
    return [(access) => inTime(loadPreviousVersion(query, mlflow, access))];
  };

  return {
    loadBefore,

    /**
     * For a start. With the registry switched off the packaged model is the wanted one.
     *
     * @param unservable number of the wanted version, if it was found but cannot be served
     */
    atStart(unservable: string | undefined): LoadFallback[] {
      if (!settings.enableRegistry) return [loadLocalModel];
      return [loadLastGood, ...loadBefore(unservable), ...packaged];
    },

    /** For a version that fails on photographs. @param prior what served before it in this process */
    inPlaceOf(
      { from, files }: LoadedModel,
      prior: Omit<LoadedModel, "predictor"> | undefined,
    ): LoadFallback[] {
      if (from === "local_file") return [];
      const before: LoadFallback[] =
        prior !== undefined
          ? [(access) => loadAgain(prior, access)]
          : loadBefore(from === "registry" ? files.identity.version : undefined);
      return [...before, ...packaged];
    },
  };
}

/** A version that is loaded too late is freed. */
async function inTime(loading: Promise<LoadedModel>): Promise<LoadedModel> {
  if (await waitAtMost(loading, previousLimitMs)) return loading;
  loading.then(({ predictor }) => predictor.dispose()).catch(() => {});
  throw new ServiceError(
    "registry_slow",
    `The version before was not ready after ${previousLimitMs / 1000} s`,
  );
}
