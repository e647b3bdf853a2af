import { existsSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ModelError } from "../errors/model-error.ts";
import type { Normalization } from "../image/preprocessing/normalize-values.ts";
import type { ModelFiles, ModelIdentity, Predictor } from "../schemas/model.ts";
import { compileModel } from "./compiled/compile-model.ts";
import type { CompiledModel } from "./compiled/compiled-model.ts";
import { tapOnnxModel } from "./compiled/tap-onnx-model.ts";
import { assertDeclaredSizes } from "./engines/assert-declared-sizes.ts";
import { assertMemory } from "./engines/assert-memory.ts";
import { chooseEngine, type EngineChoice } from "./engines/choose-engine.ts";
import type { EngineSession, InferenceEngine } from "./engines/inference-engine.ts";
import { nameVersion } from "./name-version.ts";
import { checkStatistics } from "./predictor/check-statistics.ts";
import { checkValues, type ValuesQuestion } from "./predictor/check-values.ts";
import { chooseActivation } from "./predictor/choose-activation.ts";
import {
  assumed,
  type CompletedInput,
  completeContract,
  completeInput,
} from "./predictor/complete-contract.ts";
import { createPredictor } from "./predictor/create-predictor.ts";
import { createFeatureSpace } from "./predictor/feature-space.ts";
import { readImageInput } from "./predictor/image-input.ts";
import {
  assertRepeatable,
  ChangedGraphError,
  checkAnswers,
  runPhotograph,
  runTrial,
} from "./predictor/try-pictures.ts";

export interface LoadOptions {
  engine: EngineChoice;
  /** Threads of one forward pass; by default as many as the machine offers. */
  threads?: number | undefined;
  /** Memory of the function in MB; only Lambda has such a limit. */
  memoryLimitMb?: number | undefined;
  /** How much of it other processes of the function have or may take, in MB. */
  memoryElsewhereMb?: number | undefined;
}

/**
 * Makes a version ready to answer: chooses the engine, compiles the model or takes the kept graph, completes the
 * contract, and tries the graph with several pictures.
 *
 * @throws ModelError that names the version and what is wrong with it
 */
export async function loadPredictor(files: ModelFiles, options: LoadOptions): Promise<Predictor> {
  try {
    return await load(files, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModelError(`${nameVersion(files.identity)} cannot be served: ${reason}`, { cause: error });
  }
}

/** A kept graph that was damaged is made again. */
async function load(files: ModelFiles, options: LoadOptions): Promise<Predictor> {
  try {
    return await loadOnce(files, options);
  } catch (error) {
    if (!(error instanceof ChangedGraphError)) throw error;
    // Where it cannot be removed, the reason stays the damage. Of a layer it is links in /tmp that are removed.
    await rm(error.folder, { recursive: true, force: true }).catch(() => Promise.reject(error));
  }
  return loadOnce(files, options);
}

async function loadOnce(files: ModelFiles, options: LoadOptions): Promise<Predictor> {
  const startedAtMs = performance.now();
  await assertNotEmpty(files);
  const threads = options.threads ?? availableParallelism();
  const engine = chooseEngine(files.format, options.engine, { threads });
  const { model, session } = await openSession(files, engine, options);
  try {
    return await prepare(files, session, { model, engine }, startedAtMs);
  } catch (error) {
    await session.dispose();
    throw error;
  }
}

/** An empty file is what an interrupted copy or download leaves. Engines do not call it so. */
async function assertNotEmpty({ directory, format, path }: ModelFiles): Promise<void> {
  const weights = format === "saved_model" ? join(path, "saved_model.pb") : path;
  const status = await stat(join(directory, weights)).catch(() => undefined);
  if (status?.size !== 0) return;
  throw new ModelError(
    `Expected ${contents[format]} in ${weights} but received an empty file (0 bytes): export or copy it again`,
  );
}

const contents: Record<ModelFiles["format"], string> = {
  keras: "a Keras 3 model (a zip file)",
  keras_h5: "a Keras model (HDF5)",
  onnx: "an ONNX model",
  saved_model: "a TensorFlow graph",
};

/**
 * When the engine refuses a kept graph, it is damaged or its taps do not fit: it is removed and made again, from an
 * ONNX model without taps.
 */
async function openSession(
  files: ModelFiles,
  engine: InferenceEngine,
  { memoryLimitMb = Number.POSITIVE_INFINITY, memoryElsewhereMb = 0 }: LoadOptions,
) {
  if (files.format === "onnx") {
    const limitBytes = (memoryLimitMb - memoryElsewhereMb) * 2 ** 20 - process.memoryUsage.rss();
    assertDeclaredSizes(join(files.directory, files.path), Math.min(process.availableMemory(), limitBytes));
  }
  const model = await prepareModel(files, engine);
  await assertMemory(model.path, memoryLimitMb, memoryElsewhereMb);
  try {
    return { model, session: await engine.load(model.path) };
  } catch (error) {
    if (model.keptFolder === undefined) throw error;
    await rm(model.keptFolder, { recursive: true, force: true });
  }
  const again = await prepareModel(files, engine, true);
  return { model: again, session: await engine.load(again.path) };
}

/**
 * Keras models are compiled and ONNX models get taps. SavedModels run as they are, and so do ONNX graphs that cannot
 * have taps.
 */
async function prepareModel(
  files: ModelFiles,
  engine: InferenceEngine,
  isSecondTry = false,
): Promise<CompiledModel> {
  if (files.format === "keras" || files.format === "keras_h5") return compileModel(files, engine.name);
  const tapped = files.format === "onnx" && !isSecondTry ? await tapOnnxModel(files) : undefined;
  if (tapped !== undefined) return tapped;
  const path = join(files.directory, files.path);
  return { engine: engine.name, path, keptFolder: undefined };
}

async function prepare(
  files: ModelFiles,
  session: EngineSession,
  { model, engine }: { model: CompiledModel; engine: InferenceEngine },
  startedAtMs: number,
): Promise<Predictor> {
  const { declared, identity, format } = files;
  const input = readImageInput(session.input, declared.input);
  const completedInput = completeInput(files, input);
  const { answers, facts } = await runTrial(session, input, completedInput.input, model.folder);
  const isExported = format === "onnx" || format === "saved_model";
  if (isExported) await assertRepeatable(session, input, completedInput.input, answers);
  const units = answers[0]?.output.length ?? 0;
  const { ending, hasConvolution } = facts;
  const activation = chooseActivation({ ending, units, format, declared });
  const form = { activation, isMultiLabel: declared.multi_label ?? false };
  checkAnswers(answers, form);
  let valuesEvidence = completedInput.isExampleAlike ? evidence.example : undefined;
  if (completedInput.areValuesGuessed)
    valuesEvidence = await checkGuessedValues(engine, model, completedInput, {
      normalization: completedInput.input,
      answers,
      form,
      ask: async (normalization) => (await runTrial(session, input, normalization)).answers,
      hasConvolution,
      identity,
    });
  const { contract, contractBy } = completeContract(files, completedInput, units === 1 ? 2 : units);
  if (valuesEvidence !== undefined && contractBy["input.value_range"] === assumed)
    contractBy["input.value_range"] = `${assumed}: ${valuesEvidence}`;
  if (activation !== "none") contractBy.probabilities = `${activation} added to the graph's logits`;
  const featureCount = answers[0]?.features?.length;
  const featureSpace =
    featureCount === undefined ? undefined : createFeatureSpace(featureCount, contract.trust);
  const loadTimeSeconds = (performance.now() - startedAtMs) / 1000;
  return createPredictor({
    identity,
    engine: model.engine,
    session,
    input,
    form,
    featureSpace,
    contract,
    contractBy,
    loadTimeSeconds,
  });
}

/** The evidence for the values that are assumed. */
const evidence = {
  example: "its input example holds such values",
  statistics: "the statistics of its first normalisation say so",
  answers:
    "its answers fit; a subtracted mean and the order BGR do not show in answers and must be declared (normalization: caffe)",
  nothing: "nothing in the graph shows it",
};

/** Returns the evidence for the values. @throws ModelError when the graph or its answers contradict them */
async function checkGuessedValues(
  engine: InferenceEngine,
  model: CompiledModel,
  completedInput: CompletedInput,
  question: ValuesQuestion,
): Promise<string> {
  const { identity, hasConvolution } = question;
  const isAsTrained = await checkTrainedValues(engine, model, completedInput, identity);
  await checkValues(question);
  if (isAsTrained) return evidence.statistics;
  return hasConvolution ? evidence.answers : evidence.nothing;
}

/**
 * Whether a Keras model's first normalisation, where it has one, confirms the values that are assumed. @throws
 * ModelError when it contradicts them
 */
async function checkTrainedValues(
  engine: InferenceEngine,
  { normalizationPath: path }: CompiledModel,
  { input: normalization, inputBy }: CompletedInput,
  identity: ModelIdentity,
): Promise<boolean> {
  if (path === undefined || !existsSync(path)) return false;
  const session = await engine.load(path);
  try {
    const input = readImageInput(session.input, normalization);
    const channels = session.output.shape.at(-1) ?? 1;
    const ask = (values: Normalization) => runPhotograph(session, input, values);
    return await checkStatistics({ normalization, inputBy, ask, channels, identity });
  } finally {
    await session.dispose();
  }
}
