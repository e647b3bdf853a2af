import { ModelError } from "../../errors/model-error.ts";
import { readGraphFacts } from "../graph-ending/find-ending.ts";
import { readOnnxGraph } from "../graph-ending/read-onnx-graph.ts";
import type { EngineOptions, EngineSession, InferenceEngine, TensorDescription } from "./inference-engine.ts";
import { hasClassMap, isTap, readTaps } from "./read-taps.ts";
import { requireEngine } from "./require-engine.ts";

type OnnxRuntime = typeof import("onnxruntime-node");
type OnnxSession = Awaited<ReturnType<OnnxRuntime["InferenceSession"]["create"]>>;

const errorsOnly = 3;

/**
 * ONNX Runtime merges a zero border into a following MaxPool, which ignores borders. That is wrong wherever a whole
 * window is negative, as in ResNet50V2 (github.com/microsoft/onnxruntime/pull/18136). Borders of convolutions are
 * merged when a model is compiled.
 */
const withoutPadFusion = { disable_specified_optimizers: "Pad_Fusion" };

/** Threads that wait for work sleep. Spinning, they took two to three times the processor time of the answer itself. */
const sleepingThreads = { intra_op: { allow_spinning: "0" }, inter_op: { allow_spinning: "0" } };

/** ONNX Runtime. @throws ModelError when it is not installed or cannot start. */
export function createOnnxEngine(options: EngineOptions): InferenceEngine {
  // Since 1.30 it sends usage data to its makers, unless this is set before it is loaded.
  process.env.ORT_DISABLE_TELEMETRY ??= "1";
  const runtime = requireEngine<OnnxRuntime>("onnxruntime-node");
  return { name: "onnx", load: (path) => loadSession(runtime, path, options) };
}

async function loadSession(
  runtime: OnnxRuntime,
  path: string,
  options: EngineOptions,
): Promise<EngineSession> {
  const session = await createSession(runtime, path, options);
  const input = onlyTensor(session.inputMetadata, "input");
  const output = onlyTensor(
    session.outputMetadata.filter(({ name }) => !isTap(name)),
    "output",
  );
  return {
    input,
    output,
    hasClassMap: hasClassMap(session.outputNames),
    readFacts: () => readGraphFacts(() => readOnnxGraph(path)),
    async run(values, shape) {
      const results = await session.run({ [input.name]: new runtime.Tensor("float32", values, shape) });
      const tensorOf = (name: string) => {
        const tensor = results[name];
        return tensor && { data: tensor.data as Float32Array, shape: tensor.dims };
      };
      return { output: results[output.name]?.data as Float32Array, ...readTaps(tensorOf) };
    },
    dispose: () => session.release(),
  };
}

async function createSession(
  runtime: OnnxRuntime,
  path: string,
  options: EngineOptions,
): Promise<OnnxSession> {
  try {
    return await runtime.InferenceSession.create(path, {
      graphOptimizationLevel: "all",
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      logSeverityLevel: errorsOnly,
      extra: { optimization: withoutPadFusion, session: sleepingThreads },
    });
  } catch (error) {
    throw new ModelError(`ONNX Runtime cannot load the graph: ${messageOf(error)}`, { cause: error });
  }
}

/** @throws ModelError unless there is exactly one, of float32. */
function onlyTensor(metadata: OnnxSession["inputMetadata"], kind: "input" | "output"): TensorDescription {
  const [tensor, ...others] = metadata;
  if (!tensor || others.length > 0) {
    const names = metadata.map(({ name }) => name).join(", ");
    throw new ModelError(
      `Expected one ${kind} of the graph but it has ${metadata.length} (${names}); export it with one`,
    );
  }
  if (!tensor.isTensor || tensor.type !== "float32") {
    throw new ModelError(
      `Expected float32 for the ${kind} ${tensor.name} but received ${tensor.isTensor ? tensor.type : "no tensor"}; cast it within the graph`,
    );
  }
  return {
    name: tensor.name,
    shape: tensor.shape.map((size) => (typeof size === "number" ? size : null)),
  };
}

function messageOf(error: unknown): string {
  const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return reason;
}
