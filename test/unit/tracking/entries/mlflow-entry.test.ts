import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RecordGroup } from "../../../../shared/tracking/entries/group-records.ts";
import {
  computeGroupEntry,
  computeMlflowEntry,
  type MlflowEntry,
  markerMetric,
} from "../../../../shared/tracking/entries/mlflow-entry.ts";
import type { ShadowEvent } from "../../../../shared/tracking/session.ts";
import { createTestSession } from "../../../support/test-session.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../../support/tracking-events.ts";

const valuesOf = ({ metrics, session }: MlflowEntry) =>
  Object.fromEntries([...metrics, ...session].map(({ key, value }) => [key, value]));
const textOf = (labels: MlflowEntry["tags"]) =>
  Object.fromEntries(labels.map(({ key, value }) => [key, value]));

const shadowAnswer = {
  predicted_class: "normal",
  confidence: 80,
  probabilities: { normal: 0.8 },
  decision: "confident",
  inference_time_ms: 9,
} as const;

const createShadowEvent = (parts: Partial<ShadowEvent> = {}): ShadowEvent => ({
  prediction_id: randomUUID(),
  request_id: "request",
  model: { name: "eye-disease-model", version: "4", source: "mlflow_registry", engine: "onnx" },
  champion: { version: "3", predicted_class: "normal" },
  answer: shadowAnswer,
  problem: "",
  ...parts,
});

describe("computeMlflowEntry", () => {
  it("writes a prediction under the names of the replaced service", () => {
    const session = createTestSession();
    session.recordError(createErrorEvent());
    session.recordPrediction(
      createPredictionEvent({ predicted_class: "glaucoma", confidence: 65, inference_time_ms: 4 }),
    );
    const record = session.recordPrediction(createPredictionEvent());

    const entry = computeMlflowEntry(record);

    expect(valuesOf(entry)).toEqual({
      prediction_inference_time_ms: 8,
      prediction_confidence: 75,
      prediction_count: 2,
      prob_cataract: 12.5,
      prob_diabetic_retinopathy: 6.25,
      prob_glaucoma: 6.25,
      prob_normal: 75,
      image_width: 2592,
      image_height: 1944,
      image_size_bytes: 123_456,
      session_total_predictions: 2,
      session_avg_inference_time_ms: 6,
      session_avg_confidence: 70,
      class_dist_cataract: 0,
      class_dist_diabetic_retinopathy: 0,
      class_dist_glaucoma: 0.5,
      class_dist_normal: 0.5,
      error_rate: (1 / 3) * 100,
    });
    expect(textOf(entry.tags)).toEqual({
      image_format: "jpeg",
      image_mode: "RGB",
      engine: "onnx",
      "mlflow.note.content": expect.stringContaining("| predictions | 2 ("),
    });
    expect(entry.params).toEqual([]);
  });

  it("counts the session's answers by what was decided", () => {
    const session = createTestSession();
    session.recordPrediction(createPredictionEvent({ decision: "ungradable" }));
    session.recordPrediction(createPredictionEvent({ decision: "confident" }));
    const entry = computeMlflowEntry(
      session.recordPrediction(createPredictionEvent({ decision: "ungradable" })),
    );
    expect(valuesOf(entry)).toMatchObject({ decision_count_ungradable: 2, decision_count_confident: 1 });
  });

  it.each([
    ["ungradable", 1],
    ["confident", 0],
  ] as const)("writes whether an image was too bad to judge: %s", (decision, expected) => {
    const record = createTestSession().recordPrediction(createPredictionEvent({ decision }));
    expect(valuesOf(computeMlflowEntry(record))).toMatchObject({ prediction_ungradable: expected });
  });

  it("shows the last warnings as a tag", () => {
    const event = createPredictionEvent({ warnings: ["blurred", "too_dark"] });
    const record = createTestSession().recordPrediction(event);
    expect(textOf(computeMlflowEntry(record).tags)).toMatchObject({ last_warnings: "blurred, too_dark" });
  });

  it.each([
    ["normal", 1],
    ["glaucoma", 0],
  ])("writes whether a challenger agreed with the champion: it says %s", (predictedClass, agreement) => {
    const session = createTestSession();
    session.recordShadow(createShadowEvent());
    const answer = { ...shadowAnswer, predicted_class: predictedClass };
    const entry = computeMlflowEntry(session.recordShadow(createShadowEvent({ answer })));

    expect(valuesOf(entry)).toEqual({
      shadow_failed: 0,
      shadow_agreement: agreement,
      shadow_confidence: 80,
      shadow_inference_time_ms: 9,
      shadow_count: 2,
    });
    expect(textOf(entry.tags)).toEqual({ challenger: "eye-disease-model version 4 on onnx" });
  });

  it("writes that a challenger failed, and why", () => {
    const event = createShadowEvent({ answer: null, problem: "out of memory" });
    const entry = computeMlflowEntry(createTestSession().recordShadow(event));

    expect(valuesOf(entry)).toEqual({ shadow_failed: 1, shadow_count: 1 });
    expect(textOf(entry.tags)).toMatchObject({ last_shadow_problem: "out of memory" });
  });

  it("gives metrics the record's own time and step", () => {
    const session = createTestSession();
    session.recordPrediction(createPredictionEvent());
    const record = session.recordPrediction(createPredictionEvent());

    const { metrics } = computeMlflowEntry(record);

    expect(new Set(metrics.map((metric) => metric.timestamp))).toEqual(new Set([record.timestamp_ms]));
    expect(new Set(metrics.map((metric) => metric.step))).toEqual(new Set([2]));
  });

  it("is the same however often it is computed", () => {
    const record = createTestSession().recordPrediction(createPredictionEvent());

    expect(computeMlflowEntry(JSON.parse(JSON.stringify(record)))).toEqual(computeMlflowEntry(record));
  });

  it("counts errors, and shows the last one as a tag", () => {
    const session = createTestSession();
    session.recordHealthCheck(createHealthEvent({ healthy: false }));
    const entry = computeMlflowEntry(session.recordError(createErrorEvent({ detail: "bad\nname" })));

    expect(valuesOf(entry)).toEqual({
      prediction_error_count: 1,
      prediction_error_time_ms: 3,
      error_count: 2,
      error_rate: 100,
    });
    expect(textOf(entry.tags)).toMatchObject({ last_error: "invalid_image (400): bad\\nname" });
  });

  it("writes health checks", () => {
    const session = createTestSession();
    session.recordHealthCheck(createHealthEvent());
    const entry = computeMlflowEntry(
      session.recordHealthCheck(createHealthEvent({ healthy: false, model_loaded: false })),
    );

    expect(valuesOf(entry)).toEqual({
      health_check_response_time_ms: 1.5,
      health_check_count: 2,
      health_check_error_count: 1,
      model_loaded: 0,
      error_count: 1,
    });
  });

  it("names the first model in params and every later one in tags", () => {
    const session = createTestSession();
    const first = computeMlflowEntry(session.recordModelLoad(createModelLoadEvent()));
    const second = computeMlflowEntry(
      session.recordModelLoad(
        createModelLoadEvent({ model: { name: "m", version: "4", source: "mlflow_registry" } }),
      ),
    );

    expect(valuesOf(first)).toEqual({ model_load_time_seconds: 0.25, model_load_success: 1 });
    expect(textOf(first.params)).toEqual({
      model_source: "mlflow_registry",
      model_name: "eye-disease-model",
      model_stage: "Production",
      model_version: "3",
      class_names: '["cataract","diabetic_retinopathy","glaucoma","normal"]',
    });
    expect(second.params).toEqual([]);
    expect(textOf(second.tags)).toMatchObject({ current_model_version: "4", current_model_stage: "None" });
  });

  it("keeps which version answered from when on, and what that runs on", () => {
    const session = createTestSession();
    const load = (
      version: string,
      source: "mlflow_registry" | "local_file",
      engine: "onnx" | "tensorflow",
    ) => {
      const record = session.recordModelLoad(
        createModelLoadEvent({ model: { name: "m", version, source, engine } }),
      );
      return { ...record, timestamp_ms: Date.parse("2026-11-25T10:00:00.000Z") + record.step };
    };
    const [first, second] = [
      load("3", "mlflow_registry", "onnx"),
      load("2026.1", "local_file", "tensorflow"),
    ];

    expect(textOf(computeMlflowEntry(first).tags)).toMatchObject({
      "serving_since.2026-11-25T10:00:00.001Z": "m version 3 (version 3) on onnx",
      engine: "onnx",
    });
    expect(textOf(computeMlflowEntry(second).tags)).toMatchObject({
      "serving_since.2026-11-25T10:00:00.002Z": "m version 2026.1 (packaged) on tensorflow",
      engine: "tensorflow",
    });
  });

  it("writes a model that could not be loaded, with the reason", () => {
    const record = createTestSession().recordModelLoad(
      createModelLoadEvent({ success: false, reason: "weights are missing" }),
    );
    const entry = computeMlflowEntry(record);

    expect(valuesOf(entry)).toMatchObject({ model_load_success: 0 });
    expect(textOf(entry.tags)).toEqual({
      model_load_error: "weights are missing",
      "mlflow.note.content": expect.not.stringContaining("| model |"),
    });
    expect(entry.params).toEqual([]);
  });

  it("puts each kind's marker last, so that it is sent last", () => {
    const session = createTestSession();
    const records = [
      session.recordModelLoad(createModelLoadEvent()),
      session.recordPrediction(createPredictionEvent()),
      session.recordError(createErrorEvent()),
      session.recordHealthCheck(createHealthEvent({ healthy: false })),
      session.recordShadow(createShadowEvent()),
    ];

    for (const record of records) {
      expect(computeMlflowEntry(record).metrics.at(-1)?.key).toBe(markerMetric[record.kind]);
    }
  });
});

it("writes a window of health checks as means, and running totals as the last check has them", () => {
  const session = createTestSession();
  const checks = [true, false, true].map((healthy, index) =>
    session.recordHealthCheck(createHealthEvent({ healthy, model_loaded: healthy, response_time_ms: index })),
  );

  const { metrics } = computeGroupEntry(checks as unknown as RecordGroup);

  expect(metrics.map(({ key, value, step }) => [key, value, step])).toEqual([
    ["health_check_response_time_ms", 1, 3],
    ["model_loaded", 2 / 3, 3],
    ["health_check_window_count", 3, 3],
    ["health_check_error_count", 1, 3],
    ["error_count", 1, 1],
    ["health_check_count", 3, 3],
  ]);
});
