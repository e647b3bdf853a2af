import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createPredict } from "../../../../functions/predict/predict.ts";
import type { PixelTensor, Predictor } from "../../../../shared/contracts/model.ts";
import type { Prediction } from "../../../../shared/contracts/prediction.ts";
import { ModelNotLoadedError } from "../../../../shared/errors/model-error.ts";
import type { ErrorEvent, PredictionEvent } from "../../../../shared/tracking/session.ts";
import { createHttpEvent } from "../../../support/http-events.ts";
import { plainJpeg, pngBomb } from "../../../support/image-files.ts";
import { createForm } from "../../../support/multipart.ts";

const predictionId = "0d7544ff-622c-435e-8f8a-79a82a0995c7";
const limits = { maxUploadBytes: 1_000_000, maxImagePixels: 1_000_000 };

function createPredictor(predict: (pixels: PixelTensor) => Promise<Float32Array>): Predictor {
  return {
    identity: { name: "eyes", version: "7", source: "mlflow_registry" },
    contract: {
      labels: ["ill", "well"],
      input: {
        height: 8,
        width: 16,
        channels: 3,
        value_range: [0, 255],
        channel_order: "rgb",
        mean: [0, 0, 0],
        std: [1, 1, 1],
      },
      preprocessing: { kind: "resize", interpolation: "bicubic", antialias: true },
      multi_label: false,
      temperature: 1,
    },
    contractBy: {},
    engine: "onnx",
    loadTimeSeconds: 0,
    predict,
    dispose: async () => {},
  };
}

/** The flow with a model of its own, and a list of what happened in which order. */
function createFlow(
  predict: (pixels: PixelTensor) => Promise<Float32Array> = async () => Float32Array.of(0.25, 0.75),
) {
  const steps: string[] = [];
  const predictions: PredictionEvent[] = [];
  const errors: ErrorEvent[] = [];
  const works: (() => Promise<unknown>)[] = [];
  const predictor = createPredictor(async (pixels) => {
    steps.push("infer");
    return predict(pixels);
  });
  const route = createPredict({
    limits,
    models: { use: (work) => work(predictor) },
    tracker: {
      async trackPrediction(event) {
        // As long as S3 takes.
        await setImmediate();
        predictions.push(event);
        steps.push("track");
        return event as never;
      },
      async trackError(event) {
        await setImmediate();
        errors.push(event);
        steps.push("track error");
        return event as never;
      },
    },
    afterResponse: { run: (work) => works.push(work) },
    finish: async () => steps.push("finish"),
    createId: () => predictionId,
  });
  const post = async (content: Uint8Array) =>
    route({
      event: createHttpEvent(
        createForm([{ name: "file", fileName: "Jane Roe.jpg", contentType: "image/jpeg", content }]),
      ),
      requestId: "request-1",
    });
  return { post, route, steps, predictions, errors, works };
}

describe("a photograph", () => {
  it("is answered, its record kept before, MLflow left for later", async () => {
    const flow = createFlow();
    const { statusCode, body } = await flow.post(await plainJpeg(64, 48));
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual({
      prediction_id: predictionId,
      predicted_class: "well",
      confidence: 75,
      all_predictions: { ill: 25, well: 75 },
      model: { name: "eyes", version: "7", source: "mlflow_registry", engine: "onnx" },
      inference_time_ms: expect.any(Number),
    } satisfies Prediction);
    expect(flow.steps).toEqual(["infer", "track"]);
    await Promise.all(flow.works.map((work) => work()));
    expect(flow.steps).toEqual(["infer", "track", "finish"]);
  });

  it("leaves a record of what was answered, and no file name", async () => {
    const flow = createFlow();
    const photograph = await plainJpeg(64, 48);
    await flow.post(photograph);
    expect(flow.predictions).toEqual([
      {
        request_id: "request-1",
        prediction_id: predictionId,
        model: { name: "eyes", version: "7", source: "mlflow_registry", engine: "onnx" },
        predicted_class: "well",
        confidence: 75,
        probabilities: { ill: 0.25, well: 0.75 },
        inference_time_ms: expect.any(Number),
        image: {
          image_width: 64,
          image_height: 48,
          image_format: "jpeg",
          image_mode: "RGB",
          image_size_bytes: photograph.length,
        },
        // A plain picture of pure red, 16 x 8.
        image_measures: {
          brightness: 75.946,
          contrast: 0,
          sharpness: 0,
          red_share: 1,
          blue_share: 0,
          disc_share: 1,
          disc_roundness: 0.7639,
        },
      },
    ]);
    expect(JSON.stringify(flow.predictions)).not.toContain("Jane");
  });

  it("reaches the model in the shape and range of its contract", async () => {
    const seen: PixelTensor[] = [];
    const flow = createFlow(async (pixels) => {
      seen.push(pixels);
      return Float32Array.of(1, 0);
    });
    await flow.post(await plainJpeg(64, 48, "#ffffff"));
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ height: 8, width: 16 });
    expect([...new Set(seen[0]?.data)]).toEqual([255]);
    expect(seen[0]?.data).toHaveLength(8 * 16 * 3);
  });
});

describe("an error", () => {
  it.each([
    ["of the caller's file", () => Promise.resolve(Buffer.from("text")), 400, "invalid_image"],
    ["of too many pixels", () => Promise.resolve(pngBomb()), 400, "invalid_image"],
    ["of no file at all", () => Promise.resolve(Buffer.alloc(0)), 400, "invalid_request"],
  ])("%s is tracked, then given to the stack; no model is asked", async (_, content, status, error) => {
    const flow = createFlow();
    await expect(flow.post(await content())).rejects.toMatchObject({ status, code: error });
    expect(flow.steps).toEqual(["track error"]);
    expect(flow.errors).toEqual([
      {
        request_id: "request-1",
        status,
        error,
        detail: expect.any(String),
        error_time_ms: expect.any(Number),
      },
    ]);
    expect(flow.works).toHaveLength(1);
  });

  it("inside the service is tracked without its secrets", async () => {
    const flow = createFlow(() => Promise.reject(new Error("password=hunter2")));
    await expect(flow.post(await plainJpeg())).rejects.toThrow("hunter2");
    expect(flow.errors).toMatchObject([{ status: 500, error: "internal_error" }]);
    expect(JSON.stringify(flow.errors)).not.toContain("hunter2");
  });

  it("for want of a model gives no answer", async () => {
    const flow = createFlow(() => Promise.reject(new ModelNotLoadedError("tried s3://bucket")));
    await expect(flow.post(await plainJpeg())).rejects.toMatchObject({ status: 503 });
    expect(flow.errors).toMatchObject([{ status: 503, error: "model_not_loaded" }]);
    expect(flow.predictions).toEqual([]);
  });
});
