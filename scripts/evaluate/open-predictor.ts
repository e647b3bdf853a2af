import { loadPredictor } from "../../shared/inference/load-predictor.ts";
import { fetchVersion } from "../../shared/registry/fetch-version.ts";
import { readLocalModel } from "../../shared/registry/local-model.ts";
import { resolveVersion } from "../../shared/registry/resolve-version.ts";
import { createVersionCache } from "../../shared/registry/version-cache.ts";
import { inTemporaryFolder } from "../../shared/resilience/temporary-folder.ts";
import type { ModelFiles, Predictor } from "../../shared/schemas/model.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { connectRegistry } from "../registry/connect-registry.ts";
import { expectAnswer } from "../registry/expect-answer.ts";

/**
 * Loads a model as the service does, for as long as `work` takes.
 *
 * @param wanted a version of the registry, else a folder with a model, else the packaged one
 * @throws ModelError when it cannot be served
 */
export async function withPredictor<T>(
  wanted: { version?: string | undefined; name?: string; folder?: string | undefined },
  work: (predictor: Predictor) => Promise<T>,
): Promise<T> {
  const { model } = loadSettings({ model: modelSettings });
  return inTemporaryFolder("evaluate", async (cacheDirectory) => {
    const files =
      wanted.version === undefined
        ? await readLocalModel(wanted.folder ?? model.localModelDirectory, cacheDirectory)
        : await fetchRegistered(wanted.version, wanted.name ?? model.modelName, cacheDirectory);
    const predictor = await loadPredictor(files, { engine: model.engine });
    return await work(predictor).finally(() => predictor.dispose());
  });
}

async function fetchRegistered(version: string, name: string, cacheDirectory: string): Promise<ModelFiles> {
  const connection = connectRegistry();
  const { mlflow, store, model } = connection;
  await expectAnswer(connection);
  const reference = await resolveVersion(mlflow, name, { version });
  const cache = createVersionCache(cacheDirectory);
  return fetchVersion(reference, {
    mlflow,
    store,
    artifactRoot: model.artifactRoot,
    cache,
    inUse: new Set<string>(),
  });
}
