import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ObjectStore } from "../aws/object-store.ts";
import { ServiceError } from "../errors/service-error.ts";
import { createLoggedModel } from "../mlflow/calls/create-logged-model.ts";
import { createModelVersion } from "../mlflow/calls/create-model-version.ts";
import { createRegisteredModel } from "../mlflow/calls/create-registered-model.ts";
import { createRun } from "../mlflow/calls/create-run.ts";
import { ensureExperiment } from "../mlflow/calls/ensure-experiment.ts";
import { finalizeLoggedModel } from "../mlflow/calls/finalize-logged-model.ts";
import { getRegisteredModel } from "../mlflow/calls/get-registered-model.ts";
import { logOutputs } from "../mlflow/calls/log-outputs.ts";
import { updateRun } from "../mlflow/calls/update-run.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import { MlflowError } from "../mlflow/error.ts";
import type { LoggedModel } from "../mlflow/types.ts";
import { chooseArtifactSources } from "../registry/artifact-source/choose-artifact-source.ts";
import { readContractFiles } from "../registry/contract/contract-files.ts";
import { currentUser } from "../registry/pointers/audit.ts";
import { describePointer, movePointer, type Pointer } from "../registry/pointers/pointer.ts";
import { describeModelFile, type ModelFile } from "../registry/version-files/model-file.ts";
import { renderMlflowFiles } from "../registry/version-files/render-mlmodel.ts";
import { combineHashes, relativeToWeights, weightsHashTag } from "../registry/version-files/weights-hash.ts";
import { untilAborted } from "../resilience/until-aborted.ts";
import { renderRunTags } from "../schemas/run-tags.ts";
import type { PreparedModel } from "../serving/model-process/prepare-model.ts";
import type { ModelSettings } from "../settings/model.ts";
import { renderParams } from "./logged-params.ts";
import { findModelCard, renderModelCard } from "./model-card.ts";
import { tryModelFile } from "./try-model.ts";

export interface RegisterOptions {
  mlflow: MlflowClient;
  /** For experiments whose files lie at an `s3://` address. */
  store: ObjectStore;
  /** Registered model; created if it does not exist. */
  name: string;
  experimentName: string;
  /** Version of this service and where it runs, for the tags of the run. */
  apiVersion: string;
  environment: string;
  engine: ModelSettings["engine"];
  /**
   * `model-contract.json`; by default the one beside the model file, if there is one. Labels that it lacks come from a
   * label file beside the model file.
   */
  contractFile?: string | undefined;
  /** The reference window for drift; the registered contract will name it. */
  referenceWindowFile?: string | undefined;
  /** Called with the reference window, if there is one, before anything is registered; throws when it cannot be used. */
  checkReferenceWindow?: (text: string, file: string, labels: readonly string[]) => void;
  /** Tags of the version, written in the call that creates it. */
  tags?: Readonly<Record<string, string>>;
  /** Stages, aliases or both, to be moved to the new version. */
  pointers?: readonly Pointer[];
  /** Loads the model as the service would and asks it; in a process of its own unless given. */
  tryFile?: typeof tryModelFile;
  /** Told what is being done, one line each. */
  onProgress?: (message: string) => void;
  /** Interrupts it. The last few calls, which create the version, are not interrupted any more. */
  signal?: AbortSignal;
}

export interface RegisteredVersion {
  name: string;
  version: string;
  runId: string;
  modelId: string;
  prepared: PreparedModel;
}

/**
 * Registers a model file as the next version of a registered model, as `mlflow.<flavor>.log_model` does from Python: a
 * run, a logged model with its files, a version. The model is tried first: one that cannot be served is not registered.
 * A failure half-way leaves a failed run and no version, an interruption a killed run.
 *
 * @param file a `.keras`, `.h5` or `.onnx` file, or the folder of a TensorFlow SavedModel
 * @throws ModelError when the model cannot be served; MlflowError or StorageError when a server refuses; ServiceError
 * when the version is registered but a pointer could not be moved to it
 */
export async function registerModel(file: string, options: RegisterOptions): Promise<RegisteredVersion> {
  const { mlflow, name, signal, tryFile = tryModelFile, onProgress = () => {} } = options;
  const modelFile = describeModelFile(file);
  const contractFiles = await readContractFiles(file, {
    contractFile: options.contractFile,
    referenceWindowFile: options.referenceWindowFile,
  });
  // Asked before any work is done: a name that MLflow does not take, or a server that is down, shows here.
  await untilAborted(getRegisteredModel(mlflow, name), signal);

  onProgress(`Trying ${path.basename(file)} (${modelFile.format})`);
  const prepared = await untilAborted(
    tryFile(modelFile, contractFiles, { name, engine: options.engine }),
    signal,
  );
  onProgress(`It answers on ${prepared.engine}: ${prepared.contract.labels.join(", ")}`);
  const { labels, reference_window: window = "" } = prepared.contract;
  const windowText = contractFiles.get(window);
  if (windowText !== undefined) options.checkReferenceWindow?.(windowText, window, labels);

  const description = renderModelCard(path.basename(file), modelFile, prepared, findModelCard(file));
  const registered = await writeVersion(modelFile, contractFiles, prepared, description, options);
  onProgress(`Registered ${name} version ${registered.version}`);
  await movePointers(registered.version, options);
  return registered;
}

/** Creates run, logged model and version; marks run and logged model if a later step fails or is interrupted. */
async function writeVersion(
  modelFile: ModelFile,
  contractFiles: ReadonlyMap<string, string>,
  prepared: PreparedModel,
  description: string,
  options: RegisterOptions,
): Promise<RegisteredVersion> {
  const { mlflow, name, signal } = options;
  const runId = await startRun(options);
  let modelId: string | undefined;
  try {
    signal?.throwIfAborted();
    const loggedModel = await startLoggedModel(runId, prepared, options);
    modelId = loggedModel.info.model_id;
    await untilAborted(uploadFiles(modelFile, contractFiles, loggedModel, runId, prepared, options), signal);
    await finalizeLoggedModel(mlflow, modelId, "ready");
    const version = await createVersion(modelFile, loggedModel, runId, description, options);
    await updateRun(mlflow, { run_id: runId, status: "FINISHED", end_time: Date.now() });
    return { name, version, runId, modelId, prepared };
  } catch (error) {
    const status = signal?.aborted ? "KILLED" : "FAILED";
    const marks = [updateRun(mlflow, { run_id: runId, status, end_time: Date.now() })];
    await Promise.allSettled(
      modelId === undefined ? marks : [...marks, finalizeLoggedModel(mlflow, modelId, "failed")],
    );
    throw error;
  }
}

function userTags() {
  return [
    { key: "mlflow.user", value: currentUser() },
    { key: "mlflow.source.name", value: "npm run register" },
    { key: "mlflow.source.type", value: "LOCAL" },
  ];
}

async function startRun(options: RegisterOptions): Promise<string> {
  const { mlflow, name, experimentName, signal } = options;
  const experimentId = await ensureExperiment(mlflow, experimentName);
  signal?.throwIfAborted();
  const run = await createRun(mlflow, {
    experiment_id: experimentId,
    run_name: `register_${name}`,
    start_time: Date.now(),
    tags: [...userTags(), ...renderRunTags(options)],
  });
  return run.info.run_id;
}

async function startLoggedModel(
  runId: string,
  prepared: PreparedModel,
  { mlflow, experimentName }: RegisterOptions,
): Promise<LoggedModel> {
  const loggedModel = await createLoggedModel(mlflow, {
    experiment_id: await ensureExperiment(mlflow, experimentName),
    name: "model",
    source_run_id: runId,
    tags: userTags(),
    params: renderParams(prepared),
  });
  await logOutputs(mlflow, { run_id: runId, models: [{ model_id: loggedModel.info.model_id, step: 0 }] });
  return loggedModel;
}

async function uploadFiles(
  modelFile: ModelFile,
  contractFiles: ReadonlyMap<string, string>,
  { info }: LoggedModel,
  runId: string,
  { contract }: PreparedModel,
  options: RegisterOptions,
): Promise<void> {
  const { mlflow, store, signal, onProgress = () => {} } = options;
  const [source] = chooseArtifactSources({ mlflow, store, artifactRoot: undefined }, info.artifact_uri);
  const mlflowFiles = renderMlflowFiles({
    format: modelFile.format,
    artifactUri: info.artifact_uri,
    modelId: info.model_id,
    runId,
    sizeBytes: modelFile.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    contract,
    createdAt: new Date(),
  });
  for (const { source: local, versionPath, sizeBytes } of modelFile.files) {
    signal?.throwIfAborted();
    onProgress(`Uploading ${versionPath} (${(sizeBytes / 1e6).toFixed(1)} MB)`);
    await source.upload(versionPath, await readFile(local));
  }
  for (const [versionPath, text] of [...contractFiles, ...Object.entries(mlflowFiles)]) {
    signal?.throwIfAborted();
    await source.upload(versionPath, Buffer.from(text));
  }
}

async function createVersion(
  modelFile: ModelFile,
  { info }: LoggedModel,
  runId: string,
  description: string,
  { mlflow, name, tags = {} }: RegisterOptions,
): Promise<string> {
  await createRegisteredModel(mlflow, { name }).catch((error: unknown) => {
    if (!(error instanceof MlflowError && error.errorCode === "RESOURCE_ALREADY_EXISTS")) throw error;
  });
  const { version } = await createModelVersion(mlflow, {
    name,
    source: `models:/${info.model_id}`,
    model_id: info.model_id,
    run_id: runId,
    description,
    tags: [
      ...Object.entries(tags).map(([key, value]) => ({ key, value })),
      { key: weightsHashTag, value: await hashWeights(modelFile) },
    ],
  });
  return version;
}

async function hashWeights({ files, versionPath }: ModelFile): Promise<string> {
  const hashes = new Map<string, string>();
  const paths = relativeToWeights(
    files.map((file) => file.versionPath),
    versionPath,
  );
  for (const [i, { source }] of files.entries()) {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(source)) hash.update(chunk);
    hashes.set(paths[i] ?? "", hash.digest("hex"));
  }
  return combineHashes(hashes);
}

/** @throws ServiceError when the version is registered but a pointer could not be moved to it */
async function movePointers(
  version: string,
  { mlflow, name, pointers = [], signal, onProgress = () => {} }: RegisterOptions,
): Promise<void> {
  for (const pointer of pointers) {
    try {
      signal?.throwIfAborted();
      const { from } = await movePointer(mlflow, { name, pointer, to: version, action: "promote" });
      onProgress(
        `${describePointer(pointer)} is now version ${version}${from === null ? "" : ` (before: ${from})`}`,
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `${name} version ${version} is registered, but is not ${describePointer(pointer)}: ${reason}. Move it with: npm run promote`;
      throw new ServiceError("pointer_not_moved", message, { cause: error });
    }
  }
}
