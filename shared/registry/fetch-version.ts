import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ModelFiles } from "../contracts/model.ts";
import { ModelError } from "../errors/model-error.ts";
import { getDownloadUri } from "../mlflow/calls/get-download-uri.ts";
import { getLoggedModel } from "../mlflow/calls/get-logged-model.ts";
import { getRun } from "../mlflow/calls/get-run.ts";
import type { ArtifactFile, ArtifactSource } from "./artifact-source/artifact-source.ts";
import { type ArtifactAccess, chooseArtifactSources } from "./artifact-source/choose-artifact-source.ts";
import { downloadFiles, type WantedFile } from "./artifact-source/download-files.ts";
import { contractPaths, findWeights } from "./plan-files.ts";
import { parseMlmodel } from "./read-mlmodel.ts";
import { readVersionFiles } from "./read-version-files.ts";
import type { VersionReference } from "./resolve-version.ts";
import type { VersionCache } from "./version-cache.ts";

const downloadTimeoutMs = 300_000;
/** Logs, the manifest and rounding to blocks. */
const spareBytes = 5_000_000;

/** Tag that holds the SHA-256 of the weights, written when a version is registered from here. */
export const weightsHashTag = "sha256";

export interface FetchVersionOptions extends ArtifactAccess {
  cache: VersionCache;
  /** Folders whose version serves now: removed last when room is needed. */
  inUse: ReadonlySet<string>;
}

/**
 * Brings a version's files to this machine, unless they are here, and reads what it declares. Of its files only
 * MLmodel, the weights that MLmodel names, and the contract with its reference window are fetched.
 *
 * @throws ModelError when the version cannot be served (files missing or wrong, too large for the disk)
 * @throws MlflowError, StorageError or ServiceError when a server cannot be reached
 */
export async function fetchVersion(
  reference: VersionReference,
  options: FetchVersionOptions,
): Promise<ModelFiles> {
  const { cache, inUse } = options;
  const directory = (await cache.find(reference)) ?? (await download(reference, options, cache, inUse));
  return readVersionFiles(reference, directory, () => loadParams(reference, options));
}

async function download(
  reference: VersionReference,
  access: ArtifactAccess,
  cache: VersionCache,
  inUse: ReadonlySet<string>,
): Promise<string> {
  const version = `${reference.name}/${reference.version}`;
  const { source, files } = await listVersion(reference, access);
  const wanted = await planDownload(source, files, reference, version);
  const totalBytes = wanted.reduce((sum, file) => sum + file.sizeBytes, 0);
  return cache.add(reference, 2 * totalBytes + spareBytes, inUse, (directory) =>
    downloadFiles(source, wanted, directory, downloadTimeoutMs),
  );
}

/** The first way that shows any files: a wrong MLFLOW_DEFAULT_ARTIFACT_ROOT shows none. */
async function listVersion(
  reference: VersionReference,
  access: ArtifactAccess,
): Promise<{ source: ArtifactSource; files: ArtifactFile[] }> {
  const { name, version } = reference;
  const address = await getDownloadUri(access.mlflow, name, version);
  const sources = chooseArtifactSources(access, address);
  let failure: unknown = new ModelError(`${name}/${version} has no files at ${address}`);
  for (const source of sources) {
    try {
      const files = await source.list();
      if (files.length > 0) return { source, files };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function planDownload(
  source: ArtifactSource,
  files: readonly ArtifactFile[],
  reference: VersionReference,
  version: string,
): Promise<WantedFile[]> {
  const find = (path: string) => files.filter((file) => file.path === path);
  const mlmodelFile = find("MLmodel");
  if (mlmodelFile.length === 0)
    throw new ModelError(`${version}: its files hold no MLmodel (${source.address})`);

  const texts = await readTexts(source, [...mlmodelFile, ...contractPathsAmong(files)]);
  const weights = findWeights(parseMlmodel(texts.get("MLmodel") ?? "", version), files, version);
  const contractFile = contractPaths(weights.path).flatMap(find).slice(0, 1);
  const referenceWindow = contractFile.flatMap(({ path }) => find(referenceWindowPath(texts.get(path))));
  const sha256 = reference.tags[weightsHashTag];
  const weightsFiles = weights.files.map((file) =>
    sha256 !== undefined && file.path === weights.path ? { ...file, sha256 } : file,
  );
  return [...mlmodelFile, ...weightsFiles, ...contractFile, ...referenceWindow];
}

function contractPathsAmong(files: readonly ArtifactFile[]): ArtifactFile[] {
  return files.filter((file) => file.path.split("/").at(-1) === "model-contract.json");
}

function referenceWindowPath(contract: string | undefined): string {
  try {
    return String(JSON.parse(contract ?? "").reference_window);
  } catch {
    // Not JSON: refused with its name when the contract is read.
    return "";
  }
}

/** Small files needed to know what else to fetch. */
async function readTexts(
  source: ArtifactSource,
  files: readonly ArtifactFile[],
): Promise<Map<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), "mlmodel-"));
  try {
    await downloadFiles(source, files, directory, downloadTimeoutMs);
    const texts = await Promise.all(
      files.map(async ({ path }) => [path, await readFile(join(directory, path), "utf8")] as const),
    );
    return new Map(texts);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Params of the logged model, else of the run that made the version; none when neither is there any more. */
async function loadParams(
  { modelId, runId }: VersionReference,
  { mlflow }: ArtifactAccess,
): Promise<Record<string, string>> {
  const loggedModel = modelId === undefined ? undefined : await getLoggedModel(mlflow, modelId);
  const run = runId === undefined ? undefined : await getRun(mlflow, runId);
  const entries = [...(run?.data?.params ?? []), ...(loggedModel?.data?.params ?? [])];
  return Object.fromEntries(entries.map(({ key = "", value = "" }) => [key, value]));
}
