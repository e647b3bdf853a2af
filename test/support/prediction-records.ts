import { randomUUID } from "node:crypto";
import type { ImageMeasures } from "../../shared/schemas/image-measures.ts";
import type { PredictionRecord } from "../../shared/schemas/inference-record.ts";
import { driftSettings } from "../../shared/settings/drift.ts";

/** The settings of contract.md. */
export const defaultDriftSettings = driftSettings.parse({});

export const windowStartMs = Date.parse("2026-11-25T08:00:00Z");

const sessionIds = ["6f1c1f60-0000-4000-8000-000000000001", "6f1c1f60-0000-4000-8000-000000000002"];

/** A valid record: sure of its answer, fast, one minute after the one before it, sessions and classes in turns. */
export function createPredictionRecord(
  index: number,
  overrides: Partial<PredictionRecord> = {},
): PredictionRecord {
  const classes = ["cataract", "diabetic_retinopathy", "glaucoma", "normal"];
  const session = index % sessionIds.length;
  const step = Math.floor(index / sessionIds.length) + 1;
  return {
    kind: "prediction",
    record_id: randomUUID(),
    session_name: `api_session_${1_764_057_600 + session}`,
    session_id: sessionIds[session] as string,
    session_totals: {
      predictions: step,
      errors: 0,
      health_checks: 0,
      health_check_errors: 0,
      inference_time_ms: 8 * step,
      confidence: 90 * step,
      class_counts: { normal: step },
    },
    function_name: "predict",
    api_version: "0.1.0",
    environment: "test",
    request_id: randomUUID(),
    timestamp_ms: windowStartMs + index * 60_000,
    step,
    prediction_id: randomUUID(),
    model: { name: "eye-disease-model", version: "3", source: "mlflow_registry", engine: "onnx" },
    predicted_class: classes[index % classes.length] as string,
    confidence: 90,
    probabilities: { cataract: 0.9, diabetic_retinopathy: 0.05, glaucoma: 0.03, normal: 0.02 },
    inference_time_ms: 8,
    image: {
      image_width: 2592,
      image_height: 1944,
      image_format: "jpeg",
      image_mode: "RGB",
      image_size_bytes: 812_345,
    },
    ...overrides,
  };
}

/** Measures of an ordinary fundus photograph, different for each index. */
export function createImageMeasures(index: number, overrides: Partial<ImageMeasures> = {}): ImageMeasures {
  return {
    brightness: 55 + (index % 17),
    contrast: 40 + (index % 7) / 10,
    sharpness: 120 + index,
    red_share: 0.55,
    blue_share: 0.12,
    disc_share: 0.62,
    disc_roundness: 0.99,
    ...overrides,
  };
}

/** A window of `count` records; `overridesOf` changes the ones it wants. */
export function createPredictionRecords(
  count: number,
  overridesOf: (index: number) => Partial<PredictionRecord> = () => ({}),
): PredictionRecord[] {
  return Array.from({ length: count }, (_, index) => createPredictionRecord(index, overridesOf(index)));
}
