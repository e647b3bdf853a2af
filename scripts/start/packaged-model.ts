import { readFile } from "node:fs/promises";
import path from "node:path";
import { openStorage } from "../../shared/aws/open-storage.ts";
import { keepVersionReference, type NamedVersion } from "../../shared/drift-reference/version-reference.ts";
import { ofModel, searchModelVersions } from "../../shared/mlflow/calls/search-model-versions.ts";
import { createMlflowClient } from "../../shared/mlflow/client.ts";
import { parseMlflowSettings } from "../../shared/mlflow/settings.ts";
import { registerModel } from "../../shared/model-versions/register-model.ts";
import { describePointer, type Pointer } from "../../shared/registry/pointers/pointer.ts";
import { referenceWindowName } from "../../shared/registry/version-files/fetch-reference-window.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";
import { modelSettings } from "../../shared/settings/model.ts";
import { serviceSettings } from "../../shared/settings/service.ts";
import { type StorageSettings, storageSettings } from "../../shared/settings/storage.ts";
import { projectRoot } from "../stack/paths.ts";

const packagedFolder = path.join(projectRoot, "models/eye-disease");
/** The photograph of the printed example and of the first prediction. */
export const samplePhotograph = path.join(packagedFolder, "sample/normal-left-eye-cc0.jpg");

/**
 * Registers the packaged model in an empty registry, in the stage or with the alias of the settings.
 *
 * @param environment settings of the service, with the addresses and keys of the stack
 * @returns one line about the registry's versions
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
  for await (const _ of searchModelVersions(mlflow, ofModel(name), 1)) return `${name} has versions already`;
  const stage = model.stage === "Staging" ? "Staging" : "Production";
  const pointer: Pointer = model.alias === undefined ? { stage } : { alias: model.alias };
  const registered = await registerModel(path.join(packagedFolder, "model.keras"), {
    mlflow,
    store: openStorage(storage).artifactStore,
    name,
    ...service,
    engine: model.engine,
    pointers: [pointer],
    onProgress,
  });
  await keepReference(storage, registered);
  return `${name} version ${registered.version} is the packaged model, ${describePointer(pointer)}`;
}

/** The drift job would fetch the reference in its first run; until then GET /metrics would judge no rule that depends on it. */
async function keepReference(storage: StorageSettings, version: NamedVersion): Promise<void> {
  const { location } = openStorage(storage);
  const text = await readFile(path.join(packagedFolder, referenceWindowName), "utf8");
  if (location !== undefined) await keepVersionReference(location, version, text);
}
