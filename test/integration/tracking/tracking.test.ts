import { describe, expect, it } from "vitest";
import { useSharedStack } from "../../support/stack.ts";
import {
  classNames,
  createErrorEvent,
  createHealthEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../support/tracking-events.ts";
import { deleteRunForTest } from "./delete-run.ts";
import { createWorkplace, metricsOf, oneTo, paramsOf, patienceMs, tagsOf } from "./workplace.ts";

const stack = useSharedStack();

describe("a session's run", () => {
  it("has everything under the names of the replaced service, and is finished by close", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker();
    await tracker.trackModelLoad(createModelLoadEvent());
    await tracker.trackPrediction(createPredictionEvent({ confidence: 60, inference_time_ms: 4 }));
    await tracker.trackPrediction(
      createPredictionEvent({ predicted_class: "glaucoma", confidence: 80, inference_time_ms: 6 }),
    );
    await tracker.trackError(createErrorEvent());
    await tracker.trackHealthCheck(createHealthEvent());
    await tracker.flush({ withinMs: patienceMs });
    const { session } = tracker.state();

    const open = await workplace.findRun(session.id);
    expect(open.info).toMatchObject({ run_name: session.name, status: "RUNNING" });
    expect(session.name).toMatch(/^api_session_\d{10}$/);
    expect(tagsOf(open)).toMatchObject({
      project: "eye-disease-classifier",
      framework: "tensorflow",
      engine: "onnx",
      "mlflow.source.name": `predict ${session.id.slice(0, 8)}`,
      "mlflow.note.content": expect.stringContaining("| predictions | 2 ("),
      api_version: "1.2.3",
      environment: "test",
      api_session: "true",
      start_time: expect.stringMatching(/^20\d\d-/),
      session_id: session.id,
      function: "predict",
      image_format: "jpeg",
      image_mode: "RGB",
      last_error: "invalid_image (400): Expected a photograph but received text",
    });
    expect(paramsOf(open)).toEqual({
      model_source: "mlflow_registry",
      model_name: "eye-disease-model",
      model_stage: "Production",
      model_version: "3",
      class_names: JSON.stringify(classNames),
    });
    expect(metricsOf(open)).toEqual({
      prediction_inference_time_ms: 6,
      prediction_confidence: 80,
      prediction_count: 2,
      prob_cataract: 12.5,
      prob_diabetic_retinopathy: 6.25,
      prob_glaucoma: 6.25,
      prob_normal: 75,
      image_width: 2592,
      image_height: 1944,
      image_size_bytes: 123_456,
      session_total_predictions: 2,
      session_avg_inference_time_ms: 5,
      session_avg_confidence: 70,
      class_dist_cataract: 0,
      class_dist_diabetic_retinopathy: 0,
      class_dist_glaucoma: 0.5,
      class_dist_normal: 0.5,
      prediction_error_count: 1,
      prediction_error_time_ms: 3,
      error_count: 1,
      error_rate: (1 / 3) * 100,
      health_check_response_time_ms: 1.5,
      health_check_count: 1,
      health_check_error_count: 0,
      model_loaded: 1,
      model_load_time_seconds: 0.25,
      model_load_success: 1,
    });
    const confidences = await workplace.loadHistory(open, "prediction_confidence");
    expect(confidences.map(({ step, value }) => [step, value])).toEqual([
      [1, 60],
      [2, 80],
    ]);

    await tracker.close({ withinMs: patienceMs });
    const closed = await workplace.findRun(session.id);
    expect(closed.info.status).toBe("FINISHED");
    expect(closed.info.end_time).toBeGreaterThanOrEqual(closed.info.start_time ?? 0);
  });

  it("keeps the first model in its params when another version is swapped in", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker();
    const load = (version: string, success: boolean) =>
      tracker.trackModelLoad(
        createModelLoadEvent({
          success,
          reason: success ? "" : `version ${version} has no weights`,
          model: { name: "eye-disease-model", version, source: "mlflow_registry", stage: "Production" },
        }),
      );
    await load("7", false);
    await load("6", true);
    await tracker.flush({ withinMs: patienceMs });
    await load("8", true);
    await tracker.flush({ withinMs: patienceMs });

    const run = await workplace.findRun(tracker.state().session.id);
    expect(paramsOf(run).model_version).toBe("6");
    expect(tagsOf(run)).toMatchObject({
      current_model_version: "8",
      model_load_error: "version 7 has no weights",
    });
    const loads = await workplace.loadHistory(run, "model_load_success");
    expect(loads.map(({ step, value }) => [step, value])).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
    expect(workplace.log.lines).toEqual([]);
  });

  it("is one for each of two sessions at once", async () => {
    const workplace = createWorkplace(stack);
    const trackers = [workplace.createTracker(), workplace.createTracker()];
    await Promise.all(
      trackers.map(async (tracker, index) => {
        for (let step = 0; step < 20 + index; step += 1) {
          await tracker.trackPrediction(createPredictionEvent());
          await tracker.flush({ withinMs: patienceMs });
        }
        await tracker.close({ withinMs: patienceMs });
      }),
    );

    expect(await workplace.findRuns()).toHaveLength(2);
    for (const [index, tracker] of trackers.entries()) {
      const run = await workplace.findRun(tracker.state().session.id);
      expect(await workplace.loadSteps(run, "prediction_count")).toEqual(oneTo(20 + index));
      expect(run.info.status).toBe("FINISHED");
    }
  });

  it("takes 2,000 predictions that come faster than they can be sent", { timeout: 180_000 }, async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker();
    const track = async () => {
      for (let index = 0; index < 250; index += 1) await tracker.trackPrediction(createPredictionEvent());
    };
    await Promise.all(Array.from({ length: 8 }, track));
    while (tracker.state().mlflow.pending > 0) await tracker.flush({ withinMs: patienceMs });

    const run = await workplace.findRun(tracker.state().session.id);
    expect(await workplace.loadSteps(run, "prediction_count")).toEqual(oneTo(2_000));
    expect(await workplace.loadSteps(run, "prob_normal")).toHaveLength(2_000);
    expect(metricsOf(run).session_total_predictions).toBe(2_000);
    const steps = (await workplace.readLog()).map((record) => record.step).sort((a, b) => a - b);
    expect(steps).toEqual(oneTo(2_000));
  });

  it("takes a model of hundreds of classes, whatever they are called", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker();
    const labels = [...oneTo(700).map((index) => `class ${index}`), "a//b", "a/../b", "x.y-z", "c/"];
    const probabilities = Object.fromEntries(labels.map((label) => [label, 1 / labels.length]));
    await tracker.trackPrediction(createPredictionEvent({ predicted_class: "a//b", probabilities }));
    await tracker.flush({ withinMs: patienceMs });

    const metrics = metricsOf(await workplace.findRun(tracker.state().session.id));
    expect(Object.keys(metrics).filter((key) => key.startsWith("prob_"))).toHaveLength(labels.length);
    expect(metrics).toMatchObject({
      "class_dist_a__b-7a9acf33": 1,
      "class_dist_class 700": 0,
      prediction_count: 1,
    });
  });

  it("shows what a caller sent as harmless text", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker();
    const detail = `"; DROP TABLE runs; --\r\n\u0000\u001b[31m<script>${"x".repeat(20_000)}`;
    await tracker.trackError(createErrorEvent({ detail }));
    await tracker.flush({ withinMs: patienceMs });

    const { last_error: shown } = tagsOf(await workplace.findRun(tracker.state().session.id));
    expect(shown).toMatch(
      /^invalid_image \(400\): "; DROP TABLE runs; --\\r\\n\\u0000\\u001b\[31m<script>x+\.\.\.$/,
    );
    expect((await workplace.readLog())[0]).toMatchObject({ detail });
  });

  it("is replaced by another when somebody deletes it", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker();
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush({ withinMs: patienceMs });
    const { session } = tracker.state();
    await deleteRunForTest(workplace.mlflow, (await workplace.findRun(session.id)).info.run_id);

    await tracker.trackPrediction(createPredictionEvent());
    await expect
      .poll(
        async () => {
          await tracker.flush({ withinMs: patienceMs });
          return tracker.state().mlflow.pending;
        },
        { timeout: 20_000 },
      )
      .toBe(0);

    expect(await workplace.loadSteps(await workplace.findRun(session.id), "prediction_count")).toEqual([2]);
  });
});

describe("tracking", () => {
  it("does not write to MLflow when it is off, and keeps the inference log", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker({ mlflow: undefined });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush({ withinMs: patienceMs });
    await tracker.close({ withinMs: patienceMs });

    expect(await workplace.findRuns()).toEqual([]);
    expect(await workplace.readLog()).toHaveLength(1);
    expect(tracker.state()).toMatchObject({
      mlflow: { status: "off" },
      inference_log: { status: "reachable" },
    });
  });

  it("writes to MLflow alone when there is no bucket", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker({ inferenceLog: undefined });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush({ withinMs: patienceMs });

    const run = await workplace.findRun(tracker.state().session.id);
    expect(metricsOf(run).prediction_count).toBe(1);
    expect(await workplace.readLog()).toEqual([]);
  });

  it("has the record in S3 when trackPrediction resolves", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker();
    const records = [];
    for (let index = 0; index < 5; index += 1) {
      records.push(await tracker.trackPrediction(createPredictionEvent()));
      expect(await workplace.readLog()).toEqual(records);
    }
  });
});
