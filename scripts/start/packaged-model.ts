import path from "node:path";
import { createObjectStore } from "../../shared/aws/object-store.ts";
import { ofModel, searchModelVersions } from "../../shared/mlflow/calls/search-model-versions.ts";
import { createMlflowClient } from "../../shared/mlflow/client.ts";
import { parseMlflowSettings } from "../../shared/mlflow/settings.ts";
import { registerModel } from "../../shared/serving/register-model.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { storageSettings } from "../../shared/settings/storage.ts";
import { projectRoot } from "../stack/paths.ts";

const packagedFolder = path.join(projectRoot, "models/eye-disease");
/** Posted by the printed example and by the first prediction. */
export const samplePhotograph = path.join(packagedFolder, "sample/normal-left-eye-cc0.jpg");

/**
 * Gives an empty registry its first version: the packaged model, moved to Production.
 *
 * @param environment settings of the service, with the addresses and keys of the stack
 * @returns one line on what serves
 */
export async function ensureRegisteredModel(
  environment: NodeJS.ProcessEnv,
  onProgress: (message: string) => void,
): Promise<string> {
  const { model, service, storage } = loadSettings(
    { model: modelSettings, service: serviceSettings, storage: storageSettings },
    environment,
  );
  const mlflow = createMlflowClient(parseMlflowSettings(environment));
  const name = model.modelName;
  for await (const { version } of searchModelVersions(mlflow, ofModel(name), 1)) {
    return `${name} has versions already, up to ${version}`;
  }
  const registered = await registerModel(path.join(packagedFolder, "model.keras"), {
    mlflow,
    store: createObjectStore({ region: storage.region, endpoint: storage.s3Endpoint }),
    name,
    experimentName: service.experimentName,
    engine: model.engine,
    pointers: [{ stage: "Production" }],
    onProgress,
  });
  return `${name} version ${registered.version} is the packaged model, in Production`;
}
