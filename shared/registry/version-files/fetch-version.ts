import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../../errors/model-error.ts";
import { ServiceError } from "../../errors/service-error.ts";
import { getDownloadUri } from "../../mlflow/calls/get-download-uri.ts";
import { getLoggedModel } from "../../mlflow/calls/get-logged-model.ts";
import { getRegisteredModel } from "../../mlflow/calls/get-registered-model.ts";
import { getRun } from "../../mlflow/calls/get-run.ts";
import type { Run } from "../../mlflow/types.ts";
import { settleAll } from "../../resilience/in-parallel.ts";
import { inTemporaryFolder } from "../../resilience/temporary-folder.ts";
import type { DeclaredContract, ModelFiles } from "../../schemas/model.ts";
import type { ArtifactFile, ArtifactSource } from "../artifact-source/artifact-source.ts";
import { type ArtifactAccess, chooseArtifactSources } from "../artifact-source/choose-artifact-source.ts";
import { downloadFiles, type WantedFile } from "../artifact-source/download-files.ts";
import { joinDeclarations } from "../contract/declare-contract.ts";
import { isLabelFile, labelFileNames } from "../contract/label-files.ts";
import type { VersionReference } from "../resolve-version.ts";
import type { VersionCache } from "../version-cache/version-cache.ts";
import { contractFileName, contractFolders, contractPaths, findWeights } from "./plan-files.ts";
import { parseMlmodel } from "./read-mlmodel.ts";
import { declareVersion, type Origin, readVersionFiles } from "./read-version-files.ts";
import { fetchRunFiles } from "./run-files.ts";
import { assertHash, relativeToWeights, weightsHashTag } from "./weights-hash.ts";

const downloadTimeoutMs = 300_000;
/** Room for small files and for rounding to blocks. */
const spareBytes = 5_000_000;

export interface FetchVersionOptions extends ArtifactAccess {
  cache: VersionCache;
  /** Folders of the versions that serve now; they are removed last when room is needed. */
  inUse: ReadonlySet<string>;
  /** Whether to refuse a version without a tag that holds the hash of its weights. */
  requireHash?: boolean | undefined;
}

/**
 * Fetches a version's files, unless they are on this machine, and reads what the version declares. It fetches only
 * MLmodel, the weights that MLmodel names, the contract with its reference window, label files, the input example where
 * it is of use, and the contract and label files in the version's run.
 *
 * @throws ModelError when the version cannot be served (files missing or wrong, too large for the disk)
 * @throws MlflowError, StorageError or ServiceError when a server cannot be reached
 */
export async function fetchVersion(
  reference: VersionReference,
  options: FetchVersionOptions,
): Promise<ModelFiles> {
  const { cache, requireHash } = options;
  if (requireHash === true && reference.tags[weightsHashTag] === undefined) {
    throw new ModelError(
      `${reference.name}/${reference.version} has no tag ${weightsHashTag} with the hash of its weights, and REQUIRE_MODEL_HASH asks for one: ` +
        "npm run register writes it; docs/models.md says how to make it for other versions",
    );
  }
  // MLflow is asked while the files are fetched; a failure counts where its answer is awaited.
  const run = loadRun(reference, options);
  const origin = loadOrigin(reference, options, run);
  for (const asked of [run, origin]) asked.catch(() => {});
  const directory = (await cache.find(reference)) ?? (await download(reference, options, run));
  return readVersionFiles(reference, directory, origin);
}

const loadRun = async ({ runId }: VersionReference, { mlflow }: ArtifactAccess): Promise<Run | undefined> =>
  runId === undefined ? undefined : getRun(mlflow, runId);

async function download(
  reference: VersionReference,
  { cache, inUse, ...access }: FetchVersionOptions,
  ofRun: Promise<Run | undefined>,
): Promise<string> {
  const version = `${reference.name}/${reference.version}`;
  const { source, files } = await listVersion(reference, access);
  const { wanted, weightsPath, hasLabels } = await planDownload(source, files, reference, version);
  const totalBytes = wanted.reduce((sum, file) => sum + file.sizeBytes, 0);
  const run = await ofRun;
  return cache.add(reference, 2 * totalBytes + spareBytes, inUse, async (directory) => {
    await settleAll([
      downloadFiles(source, wanted, directory, downloadTimeoutMs).then((hashes) =>
        assertWeights(hashes, weightsPath, reference, source.address),
      ),
      run && fetchRunFiles(run, access, directory, hasLabels),
    ]);
  });
}

function assertWeights(
  hashes: ReadonlyMap<string, string>,
  weightsPath: string,
  { tags }: VersionReference,
  address: string,
): void {
  const paths = relativeToWeights([...hashes.keys()], weightsPath);
  const named = new Map([...hashes.values()].map((sha256, i) => [paths[i] ?? "", sha256]));
  assertHash(named, tags[weightsHashTag], `${address}/${weightsPath}`);
}

/** Lists the first source that has any files: with a wrong MLFLOW_DEFAULT_ARTIFACT_ROOT the direct one has none. */
async function listVersion(
  reference: VersionReference,
  access: ArtifactAccess,
): Promise<{ source: ArtifactSource; files: ArtifactFile[] }> {
  const version = `${reference.name}/${reference.version}`;
  const address = await getDownloadUri(access.mlflow, reference.name, reference.version);
  const sources = chooseArtifactSources(access, address);
  let failure: unknown = new ModelError(`${version} has no files at ${address}`);
  for (const source of sources) {
    try {
      const files = await source.list();
      if (files.length > 0) return { source, files };
    } catch (error) {
      failure = explainListing(error, version, source.address);
    }
  }
  throw failure;
}

/** "MLflow answered 500" alone does not say for which version, or that MLflow's artifact store may be down. */
function explainListing(error: unknown, version: string, address: string): unknown {
  if (error instanceof ModelError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The files of ${version} at ${address} cannot be listed: ${reason}`;
  return new ServiceError("files_unreachable", message, { cause: error });
}

/** Chooses the files to fetch, by the small ones, which it reads first. */
async function planDownload(
  source: ArtifactSource,
  files: readonly ArtifactFile[],
  reference: VersionReference,
  version: string,
): Promise<{ wanted: WantedFile[]; weightsPath: string; hasLabels: boolean }> {
  const find = (path: string) => files.filter((file) => file.path === path);
  const mlmodelFile = find("MLmodel");
  if (mlmodelFile.length === 0)
    throw new ModelError(`${version}: its files hold no MLmodel (${source.address})`);

  return inTemporaryFolder("mlmodel", async (directory) => {
    const small = [...mlmodelFile, ...contractsAmong(files)];
    await downloadFiles(source, small, directory, downloadTimeoutMs);
    const mlmodel = parseMlmodel(await readFile(join(directory, "MLmodel"), "utf8"), version);
    const weights = findWeights(mlmodel, files, version);
    const contractFile = contractPaths(weights.path).flatMap(find).slice(0, 1);
    const labelFiles = contractFolders(weights.path).flatMap((folder) =>
      labelFileNames.flatMap((name) => find(folder + name)),
    );
    const declarations = await declareVersion(reference, directory, mlmodel, weights.path);
    const { reference_window: windowPath, input, labels } = joinDeclarations(declarations).declared;
    const referenceWindow = windowPath === undefined ? [] : find(windowPath);
    // The example, which may be large, only serves to check an assumed range of values.
    const { examplePath } = mlmodel;
    const example = examplePath === undefined || saysValues(input) ? [] : find(examplePath);
    const others = [...contractFile, ...labelFiles, ...referenceWindow, ...example.filter(isOfUse)];
    // Any file beside an ONNX file may hold tensors of it, except those known to be something else.
    const isWeights = ({ path }: ArtifactFile) => !others.some((other) => other.path === path);
    const hasHash = reference.tags[weightsHashTag] !== undefined;
    const weightsFiles = weights.files.map((file) => ({ ...file, isHashed: hasHash && isWeights(file) }));
    const fetchedWithWeights = new Set(weightsFiles.map(({ path }) => path));
    // Label files in other folders are not read, but a version without labels is told of them.
    const alsoWanted = new Set([...others, ...files.filter(({ path }) => isLabelFile(path))]);
    const besides = [...alsoWanted].filter(({ path }) => !fetchedWithWeights.has(path));
    const wanted = [...mlmodelFile, ...weightsFiles, ...besides];
    return { wanted, weightsPath: weights.path, hasLabels: labels !== undefined };
  });
}

const contractsAmong = (files: readonly ArtifactFile[]) =>
  files.filter(({ path }) => isLabelFile(path) || path.split("/").at(-1) === contractFileName);

const largestExampleBytes = 30_000_000;
const isOfUse = ({ sizeBytes }: ArtifactFile) => sizeBytes <= largestExampleBytes;
const saysValues = (input: DeclaredContract["input"]) =>
  input?.value_range !== undefined || input?.mean !== undefined || input?.std !== undefined;

/**
 * Tags and params of the logged model and of the run that made the version, empty for one that was deleted, and tags of
 * the registered model.
 */
async function loadOrigin(
  { name, modelId }: VersionReference,
  { mlflow }: ArtifactAccess,
  ofRun: Promise<Run | undefined>,
): Promise<Origin> {
  const [registeredModel, loggedModel, run] = await Promise.all([
    getRegisteredModel(mlflow, name),
    modelId === undefined ? undefined : getLoggedModel(mlflow, modelId),
    ofRun,
  ]);
  return {
    registeredTags: toRecord(registeredModel?.tags),
    modelTags: toRecord(loggedModel?.info.tags),
    runTags: toRecord(run?.data?.tags),
    params: { ...toRecord(run?.data?.params), ...toRecord(loggedModel?.data?.params) },
  };
}

const toRecord = (entries: readonly { key?: string; value?: string }[] = []): Record<string, string> =>
  Object.fromEntries(entries.map(({ key = "", value = "" }) => [key, value]));
