import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { ObjectStore } from "../aws/object-store.ts";
import { newVersion } from "../inference/name-version.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import { joinDeclarations } from "../registry/contract/declare-contract.ts";
import type { VersionReference } from "../registry/resolve-version.ts";
import { createVersionCache } from "../registry/version-cache/version-cache.ts";
import { fetchVersion } from "../registry/version-files/fetch-version.ts";
import type { ModelFile } from "../registry/version-files/model-file.ts";
import { declareByFile } from "../registry/version-files/read-version-files.ts";
import { inTemporaryFolder } from "../resilience/temporary-folder.ts";
import type { ModelFiles } from "../schemas/model.ts";
import { type PreparedModel, prepareModel } from "../serving/model-process/prepare-model.ts";
import type { ModelSettings } from "../settings/model.ts";

type Engine = ModelSettings["engine"];

/** A model that was tried. */
export interface TriedModel extends PreparedModel {
  /** Size of its weights. */
  sizeBytes: number;
}

/**
 * Loads a model file in a process of its own, as the service would load the version made of it.
 *
 * @param contractFiles contents, by path in the version
 * @throws ModelError saying why it cannot be served
 */
export async function tryModelFile(
  modelFile: ModelFile,
  contractFiles: ReadonlyMap<string, string>,
  { name, engine }: { name: string; engine: Engine },
): Promise<TriedModel> {
  return inTemporaryFolder("try-model", async (directory) => {
    // Written synchronously: a write under way while the process exits would bring the removed folder back.
    for (const { source, versionPath } of modelFile.files) {
      const target = path.join(directory, versionPath);
      mkdirSync(path.dirname(target), { recursive: true });
      symlinkSync(path.resolve(source), target);
    }
    for (const [versionPath, text] of contractFiles) writeFileSync(path.join(directory, versionPath), text);
    const files: ModelFiles = {
      identity: { name, version: newVersion, source: "mlflow_registry" },
      directory,
      format: modelFile.format,
      path: modelFile.versionPath,
      ...joinDeclarations(await declareByFile(directory, modelFile.versionPath, "the new version")),
    };
    return prepare(files, engine);
  });
}

/**
 * Fetches a registered version and loads it in a process of its own, as the service would.
 *
 * @throws ModelError saying why it cannot be served; MlflowError or StorageError when a server cannot be reached
 */
export async function tryVersion(
  reference: VersionReference,
  { mlflow, store, engine }: { mlflow: MlflowClient; store: ObjectStore; engine: Engine },
): Promise<TriedModel> {
  return inTemporaryFolder("try-model", async (directory) => {
    const cache = createVersionCache(directory);
    const access = { mlflow, store, artifactRoot: undefined, cache, inUse: new Set<string>() };
    return prepare(await fetchVersion(reference, access), engine);
  });
}

async function prepare(files: ModelFiles, engine: Engine): Promise<TriedModel> {
  const sizeBytes = await measureBytes(path.join(files.directory, files.path));
  return { ...(await prepareModel(files, engine)), sizeBytes };
}

/** Size of a file, or of all files in a folder. */
async function measureBytes(location: string): Promise<number> {
  const status = await stat(location);
  if (!status.isDirectory()) return status.size;
  const names = await readdir(location);
  const sizes = await Promise.all(names.map((name) => measureBytes(path.join(location, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
