import { withLocalModel, withVersion } from "../../shared/model-versions/open-version.ts";
import type { Predictor } from "../../shared/schemas/model.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { connectRegistry } from "../registry/connect-registry.ts";
import { expectAnswer } from "../registry/expect-answer.ts";

/**
 * Loads the model that a command names, as the service does, for as long as `work` takes.
 *
 * @param wanted a version of the registry, else a folder with a model, else the packaged one
 * @throws ModelError when it cannot be served
 */
export async function withPredictor<T>(
  { version, name, folder }: { version?: string | undefined; name?: string; folder?: string | undefined },
  work: (predictor: Predictor) => Promise<T>,
): Promise<T> {
  if (version === undefined) {
    const { model } = loadSettings({ model: modelSettings });
    return withLocalModel(folder ?? model.localModelDirectory, model.engine, work);
  }
  const connection = connectRegistry();
  await expectAnswer(connection);
  return withVersion({ name: name ?? connection.model.modelName, version }, connection, work);
}
