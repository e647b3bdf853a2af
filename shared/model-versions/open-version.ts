import type { ObjectStore } from "../aws/object-store.ts";
import { loadPredictor } from "../inference/load-predictor.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import { readLocalModel } from "../registry/local-model.ts";
import { resolveVersion } from "../registry/resolve-version.ts";
import { createVersionCache } from "../registry/version-cache/version-cache.ts";
import { fetchVersion } from "../registry/version-files/fetch-version.ts";
import { inTemporaryFolder } from "../resilience/temporary-folder.ts";
import type { ModelFiles, Predictor } from "../schemas/model.ts";
import type { ModelSettings } from "../settings/model.ts";

/**
 * Loads a version of a registered model as the service does, for as long as `work` takes.
 *
 * @throws ModelError when there is no such version or it cannot be served; MlflowError or StorageError when a server cannot be
 * reached
 */
export function withVersion<T>(
  { name, version }: { name: string; version: string },
  {
    mlflow,
    store,
    model,
  }: {
    mlflow: MlflowClient;
    store: ObjectStore;
    model: Pick<ModelSettings, "engine" | "artifactRoot">;
  },
  work: (predictor: Predictor) => Promise<T>,
): Promise<T> {
  return withFiles(
    async (cacheDirectory) => {
      const reference = await resolveVersion(mlflow, name, { version });
      const cache = createVersionCache(cacheDirectory);
      const { artifactRoot } = model;
      return fetchVersion(reference, { mlflow, store, artifactRoot, cache, inUse: new Set<string>() });
    },
    model.engine,
    work,
  );
}

/**
 * Loads the model of a folder as the service does, for as long as `work` takes.
 *
 * @throws ModelError when it cannot be served
 */
export function withLocalModel<T>(
  folder: string,
  engine: ModelSettings["engine"],
  work: (predictor: Predictor) => Promise<T>,
): Promise<T> {
  return withFiles((cacheDirectory) => readLocalModel(folder, cacheDirectory), engine, work);
}

async function withFiles<T>(
  open: (cacheDirectory: string) => Promise<ModelFiles>,
  engine: ModelSettings["engine"],
  work: (predictor: Predictor) => Promise<T>,
): Promise<T> {
  return inTemporaryFolder("evaluate", async (cacheDirectory) => {
    const predictor = await loadPredictor(await open(cacheDirectory), { engine });
    return await work(predictor).finally(() => predictor.dispose());
  });
}
