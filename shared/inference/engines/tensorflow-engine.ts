import { ModelError } from "../../errors/model-error.ts";
import { readGraphFacts } from "../graph-ending/find-ending.ts";
import { readSavedModelGraph } from "../graph-ending/read-saved-model-graph.ts";
import type { EngineOptions, EngineSession, InferenceEngine } from "./inference-engine.ts";
import { hasClassMap, readTaps } from "./read-taps.ts";
import { requireEngine } from "./require-engine.ts";
import { chooseSignature } from "./saved-model-signature.ts";

type Tensorflow = typeof import("@tensorflow/tfjs-node");

/** TensorFlow through tfjs-node. @throws ModelError when it is not installed or cannot start. */
export function createTensorflowEngine({ threads }: EngineOptions): InferenceEngine {
  configureTensorflow(threads);
  const tensorflow = requireEngine<Tensorflow>("@tensorflow/tfjs-node");
  return { name: "tensorflow", load: (folder) => loadSession(tensorflow, folder) };
}

/**
 * TensorFlow reads these once, when it is loaded; it has no other settings. Set in a worker thread they have no effect,
 * because TensorFlow reads the process's own environment.
 */
function configureTensorflow(threads: number): void {
  const settings = {
    TF_CPP_MIN_LOG_LEVEL: "3",
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: "1",
    OMP_NUM_THREADS: String(threads),
  };
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
}

async function loadSession(tensorflow: Tensorflow, folder: string): Promise<EngineSession> {
  const { tags, name, input, output, taps } = await findSignature(tensorflow, folder);
  const model = await loadModel(tensorflow, folder, tags, name);
  return {
    input,
    output,
    hasClassMap: hasClassMap(taps),
    readFacts: () => readGraphFacts(() => readSavedModelGraph(folder, name)),
    async run(values, shape) {
      const picture = tensorflow.tensor(values, [...shape], "float32");
      try {
        // Outputs are asked for by name, because without names their order is not promised.
        const results = model.predict({ [input.name]: picture }) as Record<string, typeof picture>;
        // They lie in this process's memory, so reading them does not wait.
        const tensorOf = (key: string) => {
          const tensor = results[key];
          return tensor && { data: tensor.dataSync<"float32">(), shape: tensor.shape };
        };
        const answer = { output: tensorOf(output.name)?.data as Float32Array, ...readTaps(tensorOf) };
        tensorflow.dispose(results);
        return answer;
      } finally {
        picture.dispose();
      }
    },
    async dispose() {
      model.dispose();
    },
  };
}

async function findSignature(tensorflow: Tensorflow, folder: string) {
  try {
    return chooseSignature(await tensorflow.node.getMetaGraphsFromSavedModel(folder));
  } catch (error) {
    throw toModelError(error);
  }
}

async function loadModel(tensorflow: Tensorflow, folder: string, tags: string[], signature: string) {
  try {
    return await tensorflow.node.loadSavedModel(folder, tags, signature);
  } catch (error) {
    throw toModelError(error);
  }
}

function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
  return new ModelError(`TensorFlow cannot load the SavedModel: ${reason}`, { cause: error });
}
