import { ModelError } from "../../errors/model-error.ts";
import type { InferenceEngine } from "./inference-engine.ts";

export function createTensorflowEngine(): InferenceEngine {
  throw new ModelError("TensorFlow is not available");
}
