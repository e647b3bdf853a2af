import type { ObjectStore } from "../aws/object-store.ts";
import { ModelError } from "../errors/model-error.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import { readLocalModel } from "../registry/local-model.ts";
import {
  lookUpPreviousVersion,
  type PreviousVersionQuery,
} from "../registry/pointers/look-up-previous-version.ts";
import { resolveVersion, type VersionReference } from "../registry/resolve-version.ts";
import { createLoadMarker, type LoadMarker } from "../registry/version-cache/load-marker.ts";
import type { VersionCache } from "../registry/version-cache/version-cache.ts";
import { fetchVersion } from "../registry/version-files/fetch-version.ts";
import type { ModelFiles, Predictor } from "../schemas/model.ts";
import type { ModelSettings } from "../settings/model.ts";
import { ModelProcessEndedError } from "./model-process/model-process.ts";
import type { PrepareModel } from "./model-process/prepare-model.ts";
import type { LoadedFrom } from "./model-service/model-service-types.ts";

/**
 * While nothing serves yet, requests wait at most 15 s, in which a version that hangs must leave time to load the one before: it
 * is tried again once another one serves.
 */
const firstLoadLimitMs = 10_000;

/** Makes a version ready to answer: compiles it, runs it once and checks its answer. */
export type LoadPredictor = (
  files: ModelFiles,
  options: { engine: ModelSettings["engine"] },
) => Promise<Predictor>;

/** A model that can serve. */
export interface LoadedModel {
  predictor: Predictor;
  files: ModelFiles;
  from: LoadedFrom;
  /** For a version of the registry: changes when another version, or another contract, should serve. */
  servingId: string | undefined;
}

export interface LoadModelOptions {
  settings: ModelSettings;
  store: ObjectStore;
  cache: VersionCache;
  loadPredictor: LoadPredictor;
  /** Compiles and tries a version in another process, which disturbs no request and can be ended when it hangs. */
  prepare: PrepareModel | undefined;
}

/**
 * Fetches the files of a registered version and makes a predictor of them.
 *
 * @param serving gives what serves meanwhile, if anything does: while nothing does, `prepare` has 10 s
 * @throws ModelError when the version cannot be served; other errors when a server cannot be reached
 */
export async function loadRegistryVersion(
  reference: VersionReference,
  mlflow: MlflowClient,
  options: LoadModelOptions,
  serving: () => { files: Pick<ModelFiles, "directory"> } | undefined = () => undefined,
): Promise<LoadedModel> {
  const { settings, store, cache } = options;
  const inUse = () => new Set([serving()?.files.directory].filter((directory) => directory !== undefined));
  const marker = createLoadMarker(
    cache.directoryOf(reference),
    reference.registryId,
    `${reference.name}/${reference.version}`,
  );
  await marker.check();
  const files = await fetchVersion(reference, {
    mlflow,
    store,
    cache,
    inUse: inUse(),
    artifactRoot: settings.artifactRoot,
    requireHash: settings.requireHash,
  });
  const lastGood = await cache.findLastGood(reference.name);
  const prepare = lastGood?.servingId === reference.servingId ? undefined : options.prepare;
  // Something may have begun to serve while the files were fetched.
  const timeLimitMs = serving() === undefined ? firstLoadLimitMs : undefined;
  try {
    const predictor = await loadMarked(files, marker, options, prepare && { prepare, timeLimitMs });
    await cache.rememberGood(files, reference.servingId);
    return { predictor, files, from: "registry", servingId: reference.servingId };
  } catch (error) {
    // Broken files must not be found again when the version has been repaired.
    if (error instanceof ModelError && !inUse().has(files.directory)) await cache.remove(reference);
    throw error;
  }
}

/**
 * Loads the version that served last, only from this machine's disk.
 *
 * @throws ModelError when there is none, or it no longer loads
 */
export async function loadLastGood(options: LoadModelOptions): Promise<LoadedModel> {
  const { cache, settings } = options;
  const remembered = await cache.findLastGood(settings.modelName);
  if (remembered === undefined)
    throw new ModelError(`${settings.cacheDirectory} holds no version of ${settings.modelName}`);
  const { files, servingId } = remembered;
  const { name, version } = files.identity;
  const marker = createLoadMarker(files.directory, undefined, `${name}/${version}`);
  await marker.check();
  return { predictor: await loadMarked(files, marker, options), files, from: "cache", servingId };
}

/**
 * Loads a version that served before, only from this machine's disk.
 *
 * @throws ModelError when its files are gone, or no longer load
 */
export async function loadAgain(
  { files, from, servingId }: Omit<LoadedModel, "predictor">,
  { loadPredictor, settings, cache }: LoadModelOptions,
): Promise<LoadedModel> {
  const predictor = await loadPredictor(files, { engine: settings.engine });
  if (servingId !== undefined) await cache.rememberGood(files, servingId);
  return { predictor, files, from, servingId };
}

/**
 * Loads the version that, by the registry, had the stage or the alias before the one that cannot serve.
 *
 * @throws ModelError when nothing tells which version that was, or it cannot be served either; other errors when a
 * server cannot be reached
 */
export async function loadPreviousVersion(
  query: PreviousVersionQuery,
  mlflow: MlflowClient,
  options: LoadModelOptions,
): Promise<LoadedModel> {
  const version = await lookUpPreviousVersion(mlflow, query);
  if (version === undefined || version === query.current)
    throw new ModelError(`The registry has no record of which version was ${query.pointer} before`);
  const reference = await resolveVersion(mlflow, query.name, { version });
  return { ...(await loadRegistryVersion(reference, mlflow, options)), from: "registry_before" };
}

/** @throws ModelError when there is no packaged model, or it cannot be served */
export async function loadLocalModel(options: LoadModelOptions): Promise<LoadedModel> {
  const { localModelDirectory, cacheDirectory } = options.settings;
  const files = await readLocalModel(localModelDirectory, cacheDirectory);
  return {
    predictor: await options.loadPredictor(files, { engine: options.settings.engine }),
    files,
    from: "local_file",
    servingId: undefined,
  };
}

/**
 * Loads a version; where `first` is given, another process tries it before. While this process loads, a marker on disk
 * tells later processes that the load crashed it, if it does. There is no marker while the other process tries the
 * version: when somebody stops this process then, that says nothing about the version.
 */
async function loadMarked(
  files: ModelFiles,
  marker: LoadMarker,
  options: LoadModelOptions,
  first?: { prepare: PrepareModel; timeLimitMs: number | undefined },
): Promise<Predictor> {
  const { engine } = options.settings;
  try {
    await first?.prepare(files, engine, first.timeLimitMs);
  } catch (error) {
    if (error instanceof ModelProcessEndedError) await marker.condemn();
    throw error;
  }
  await marker.begin();
  try {
    return await options.loadPredictor(files, { engine });
  } finally {
    await marker.end();
  }
}
