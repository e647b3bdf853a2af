import { randomUUID } from "node:crypto";
import type {
  ErrorEvent,
  HealthEvent,
  ModelLoadEvent,
  PredictionEvent,
} from "../../shared/tracking/session.ts";

export const classNames = ["cataract", "diabetic_retinopathy", "glaucoma", "normal"];

const model = { name: "eye-disease-model", version: "3", source: "mlflow_registry", engine: "onnx" } as const;

export function createPredictionEvent(parts: Partial<PredictionEvent> = {}): PredictionEvent {
  return {
    request_id: "request",
    prediction_id: randomUUID(),
    model,
    predicted_class: "normal",
    confidence: 75,
    probabilities: { cataract: 0.125, diabetic_retinopathy: 0.0625, glaucoma: 0.0625, normal: 0.75 },
    inference_time_ms: 8,
    image: {
      image_width: 2592,
      image_height: 1944,
      image_format: "jpeg",
      image_mode: "RGB",
      image_size_bytes: 123_456,
    },
    ...parts,
  };
}

export function createErrorEvent(parts: Partial<ErrorEvent> = {}): ErrorEvent {
  return {
    request_id: "request",
    error: "invalid_image",
    detail: "Expected a photograph but received text",
    status: 400,
    error_time_ms: 3,
    ...parts,
  };
}

export function createHealthEvent(parts: Partial<HealthEvent> = {}): HealthEvent {
  return { request_id: "request", healthy: true, model_loaded: true, response_time_ms: 1.5, ...parts };
}

export function createModelLoadEvent(parts: Partial<ModelLoadEvent> = {}): ModelLoadEvent {
  return {
    request_id: "init",
    success: true,
    reason: "",
    load_time_seconds: 0.25,
    model: { ...model, stage: "Production" },
    class_names: classNames,
    ...parts,
  };
}
