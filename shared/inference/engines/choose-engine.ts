import { ModelError } from "../../errors/model-error.ts";
import type { EngineName, ModelFormat } from "../../schemas/model.ts";
import type { EngineOptions, InferenceEngine } from "./inference-engine.ts";
import { createOnnxEngine } from "./onnx-engine.ts";
import { createTensorflowEngine } from "./tensorflow-engine.ts";

/** `auto` takes the first engine that runs the format and is installed. */
export type EngineChoice = "auto" | EngineName;

/** Engines that run a format, the preferred one first: ONNX Runtime is lighter and never slower. */
const enginesByFormat: Record<ModelFormat, readonly EngineName[]> = {
  keras: ["onnx", "tensorflow"],
  keras_h5: ["onnx", "tensorflow"],
  saved_model: ["tensorflow"],
  onnx: ["onnx"],
};

const creators: Record<EngineName, (options: EngineOptions) => InferenceEngine> = {
  onnx: createOnnxEngine,
  tensorflow: createTensorflowEngine,
};

/** @throws ModelError, with each engine's reason, when no engine that may be used runs the format */
export function chooseEngine(
  format: ModelFormat,
  choice: EngineChoice,
  options: EngineOptions,
): InferenceEngine {
  const candidates = enginesByFormat[format].filter((name) => choice === "auto" || choice === name);
  if (candidates.length === 0) {
    throw new ModelError(
      `The format ${format} runs on ${enginesByFormat[format].join(" or ")}, not on ${choice}`,
    );
  }
  const reasons: string[] = [];
  for (const name of candidates) {
    try {
      return creators[name](options);
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new ModelError(`No engine for the format ${format} is available (${reasons.join("; ")})`);
}
