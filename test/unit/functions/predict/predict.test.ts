import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createPredict } from "../../../../functions/predict/predict.ts";
import { withoutTrial } from "../../../../functions/predict/trial.ts";
import { ModelError, ModelNotLoadedError } from "../../../../shared/errors/model-error.ts";
import { RequestError } from "../../../../shared/errors/request-error.ts";
import { encodeFeatureProjection } from "../../../../shared/schemas/feature-projection.ts";
import type { PixelTensor } from "../../../../shared/schemas/model.ts";
import type { Prediction } from "../../../../shared/schemas/prediction.ts";
import type { ModelService } from "../../../../shared/serving/model-service/model-service-types.ts";
import type { InputCheckSettings } from "../../../../shared/settings/input-check.ts";
import type { ErrorEvent, PredictionEvent } from "../../../../shared/tracking/session.ts";
import { createContract, createPredictor } from "../../../support/create-predictor.ts";
import { createHttpEvent } from "../../../support/http-events.ts";
import { plainJpeg, pngBomb } from "../../../support/image-files.ts";
import { createForm } from "../../../support/multipart.ts";

const predictionId = "0d7544ff-622c-435e-8f8a-79a82a0995c7";
const limits = { maxUploadBytes: 1_000_000, maxImagePixels: 1_000_000 };

/** The flow with a model of its own, and a list of what happened in which order. */
function createFlow(
  predict: (pixels: PixelTensor) => Promise<Float32Array> = async () => Float32Array.of(0.25, 0.75),
  stored?: Uint8Array,
  policy: InputCheckSettings["policy"] = "off",
  onTrack = () => {},
) {
  const steps: string[] = [];
  const predictions: PredictionEvent[] = [];
  const errors: ErrorEvent[] = [];
  const works: (() => Promise<unknown>)[] = [];
  const decisions: string[] = [];
  const answerTimesMs: number[] = [];
  const predictor = createPredictor({
    contract: createContract({ input: { height: 8, width: 16 } }),
    predict: async (pixels) => {
      steps.push("infer");
      return { probabilities: await predict(pixels), featureProjection: Float32Array.of(1, -2.5) };
    },
  });
  const models: Pick<ModelService, "use"> = { use: (work) => work(predictor) };
  const route = createPredict({
    limits,
    uploads: {
      async fetch(id) {
        steps.push(`fetch ${id}`);
        return stored ?? Promise.reject(new RequestError("upload_not_found", "Expected an upload"));
      },
      async discard(id) {
        steps.push(`discard ${id}`);
      },
    },
    inputCheck: { policy },
    models,
    tracker: {
      async trackPrediction(event) {
        // As long as S3 takes.
        await setImmediate();
        onTrack();
        predictions.push(event);
        steps.push("track");
        return event as never;
      },
      async trackError(event) {
        await setImmediate();
        onTrack();
        errors.push(event);
        steps.push("track error");
        return event as never;
      },
    },
    afterResponse: { run: (work) => works.push(work) },
    countDecision: async ({ decision, answerTimeMs }) => {
      decisions.push(decision);
      answerTimesMs.push(answerTimeMs);
    },
    trial: { ...withoutTrial(models), follow: async () => void steps.push("follow") },
    keepPhotograph: async () => void steps.push("keep"),
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
  return { post, route, steps, predictions, errors, works, decisions, answerTimesMs };
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
      decision: "confident",
      warnings: [],
      model: { name: "eyes", version: "7", source: "mlflow_registry", engine: "onnx" },
      inference_time_ms: expect.any(Number),
    } satisfies Prediction);
    expect(flow.steps).toEqual(["infer", "track"]);
    await Promise.all(flow.works.map((work) => work()));
    expect(flow.steps).toEqual(["infer", "track", "finish", "follow", "keep"]);
  });

  it("is timed until its answer, without the work after it", async () => {
    const flow = createFlow(async () => {
      await sleep(20);
      return Float32Array.of(0.25, 0.75);
    });
    const startedMs = performance.now();
    await flow.post(await plainJpeg(64, 48));
    const tookMs = performance.now() - startedMs;
    await sleep(5);
    await Promise.all(flow.works.map((work) => work()));
    const [answerTimeMs = 0] = flow.answerTimesMs;
    expect(flow.decisions).toEqual(["confident"]);
    expect(answerTimeMs).toBeGreaterThan(15);
    expect(answerTimeMs).toBeLessThanOrEqual(tookMs);
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
        decision: "confident",
        warnings: [],
        feature_projection: encodeFeatureProjection(Float32Array.of(1, -2.5)),
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

describe("a photograph that was uploaded before", () => {
  const id = "7d0cfa3e-6f2b-4f7e-9a55-0c3a5b0f6c11";
  const request = {
    event: createHttpEvent({ contentType: "application/json", body: JSON.stringify({ upload_id: id }) }),
    requestId: "request-1",
  };

  it("is fetched, answered, and deleted before the answer leaves", async () => {
    const flow = createFlow(undefined, await plainJpeg(64, 48));
    expect((await flow.route(request)).statusCode).toBe(200);
    expect(flow.steps).toEqual([`fetch ${id}`, "infer", "track", `discard ${id}`]);
  });

  it("is deleted when it is refused", async () => {
    const flow = createFlow(undefined, Buffer.from("text"));
    await expect(flow.route(request)).rejects.toMatchObject({ status: 400, code: "invalid_image" });
    expect(flow.steps).toEqual([`fetch ${id}`, "track error", `discard ${id}`]);
  });

  it("stays, unrecorded, when the caller was answered 504 meanwhile, and the 504 is tracked", async () => {
    const timeout = new AbortController();
    const late = async () => {
      timeout.abort();
      return Float32Array.of(0.25, 0.75);
    };
    const flow = createFlow(late, await plainJpeg(64, 48));
    await expect(flow.route({ ...request, signal: timeout.signal })).rejects.toThrow();
    await Promise.all(flow.works.map((work) => work()));
    expect(flow.steps).toEqual([`fetch ${id}`, "infer", "finish", "track error"]);
    expect(flow.errors).toMatchObject([{ status: 504, error: "timeout" }]);
  });

  it("is not inferred when the caller was answered 504 before a model could answer", async () => {
    const timeout = new AbortController();
    const flow = createFlow(undefined, await plainJpeg(64, 48));
    const answer = flow.route({ ...request, signal: timeout.signal });
    timeout.abort();
    await expect(answer).rejects.toThrow();
    expect(flow.steps).toEqual([`fetch ${id}`]);
  });

  it("stays, and counts as a prediction alone, when the time was over while its record was written", async () => {
    const timeout = new AbortController();
    const flow = createFlow(undefined, await plainJpeg(64, 48), "off", () => timeout.abort());
    await expect(flow.route({ ...request, signal: timeout.signal })).rejects.toThrow();
    await Promise.all(flow.works.map((work) => work()));
    expect(flow.steps).toEqual([`fetch ${id}`, "infer", "track", "finish"]);
  });

  it("counts as one error when the time was over while its refusal was recorded", async () => {
    const timeout = new AbortController();
    const flow = createFlow(undefined, Buffer.from("text"), "off", () => timeout.abort());
    await expect(flow.route({ ...request, signal: timeout.signal })).rejects.toThrow();
    await Promise.all(flow.works.map((work) => work()));
    expect(flow.errors.map(({ status }) => status)).toEqual([400]);
  });

  it("is not refused a second time when it turns out to be broken after the caller was answered 504", async () => {
    const timeout = new AbortController();
    const flow = createFlow(undefined, Buffer.from("text"));
    const answer = flow.route({ ...request, signal: timeout.signal });
    timeout.abort();
    await expect(answer).rejects.toMatchObject({ code: "invalid_image" });
    expect(flow.steps).toEqual([`fetch ${id}`]);
  });

  it("stays when only a picture was wanted that the version cannot give, so that the answer can be asked for", async () => {
    const flow = createFlow(undefined, await plainJpeg(64, 48));
    const event = createHttpEvent({
      contentType: "application/json",
      headers: { accept: "image/png" },
      body: JSON.stringify({ upload_id: id }),
    });
    await expect(flow.route({ ...request, event })).rejects.toMatchObject({ status: 406 });
    expect(flow.steps).toEqual([`fetch ${id}`, "track error"]);
  });

  it("may be larger than a request", async () => {
    const noise = {
      width: 700,
      height: 700,
      channels: 3,
      noise: { type: "gaussian", mean: 128, sigma: 30 },
    } as const;
    const photograph = await sharp({ create: { ...noise, background: "#000000" } })
      .png()
      .toBuffer();
    expect(photograph.length).toBeGreaterThan(limits.maxUploadBytes);
    const flow = createFlow(undefined, photograph);
    expect((await flow.route(request)).statusCode).toBe(200);
  });

  it("stays when the service failed, so that the caller can ask again", async () => {
    const fail = () => Promise.reject(new ModelNotLoadedError("none"));
    const flow = createFlow(fail, await plainJpeg(64, 48));
    await expect(flow.route(request)).rejects.toMatchObject({ status: 503 });
    expect(flow.steps).not.toContain(`discard ${id}`);
  });

  it("and is not there yet is 404, and nothing is deleted: the file may arrive meanwhile", async () => {
    const flow = createFlow();
    await expect(flow.route(request)).rejects.toMatchObject({ status: 404, code: "upload_not_found" });
    expect(flow.steps).toEqual([`fetch ${id}`, "track error"]);
    expect(flow.errors).toMatchObject([{ status: 404, error: "upload_not_found" }]);
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

  it("before its upload is read leaves the upload", async () => {
    const flow = createFlow();
    const form = createForm([{ name: "upload_id", content: predictionId }]);
    const event = createHttpEvent({ ...form, query: "explain=maybe" });
    await expect(flow.route({ event, requestId: "request-1" })).rejects.toMatchObject({ status: 400 });
    expect(flow.steps).toEqual(["track error"]);
  });

  it("is recorded without what the caller wrote", async () => {
    const flow = createFlow();
    const event = createHttpEvent(
      createForm([{ name: "Jane Roe.jpg", fileName: "Jane Roe.jpg", content: await plainJpeg() }]),
    );
    await expect(flow.route({ event, requestId: "request-1" })).rejects.toThrow("the field Jane Roe.jpg");
    expect(flow.errors).toMatchObject([
      { error: "missing_file", detail: "Expected a file in the form field file but received other fields" },
    ]);
  });

  it("inside the service is tracked without its secrets", async () => {
    const flow = createFlow(() => Promise.reject(new Error("password=hunter2")));
    await expect(flow.post(await plainJpeg())).rejects.toThrow("hunter2");
    expect(flow.errors).toMatchObject([{ status: 500, error: "internal_error" }]);
    expect(JSON.stringify(flow.errors)).not.toContain("hunter2");
  });

  it("is recorded as the model's failure, with its reason, where the model gives no answer", async () => {
    const flow = createFlow(async () => Promise.reject(new ModelError("Version 7 failed to answer: NaN")));
    await expect(flow.post(await plainJpeg(64, 48))).rejects.toThrow(ModelError);
    expect(flow.errors).toMatchObject([
      { status: 500, error: "model_failed", detail: "Version 7 failed to answer: NaN" },
    ]);
  });

  it("for want of a model gives no answer", async () => {
    const flow = createFlow(() => Promise.reject(new ModelNotLoadedError("tried s3://bucket")));
    await expect(flow.post(await plainJpeg())).rejects.toMatchObject({ status: 503 });
    expect(flow.errors).toMatchObject([{ status: 503, error: "model_not_loaded" }]);
    expect(flow.predictions).toEqual([]);
  });
});

describe("a photograph that cannot be graded", () => {
  it.each(["flag", "reject"] as const)("is counted after the answer: %s", async (policy) => {
    const flow = createFlow(undefined, undefined, policy);
    await flow.post(await plainJpeg(64, 48)).catch(() => {});
    for (const work of flow.works) await work();
    expect(flow.decisions).toEqual(["ungradable"]);
  });

  it("is answered with warnings, and both are recorded", async () => {
    const flow = createFlow(undefined, undefined, "flag");
    const { statusCode, body } = await flow.post(await plainJpeg(64, 48));
    expect(statusCode).toBe(200);
    const prediction: Prediction = JSON.parse(body);
    expect(prediction).toMatchObject({ predicted_class: "well", confidence: 75, decision: "ungradable" });
    const codes = prediction.warnings.map(({ code }) => code);
    expect(codes).toContain("not_a_fundus_photograph");
    expect(flow.predictions[0]).toMatchObject({
      decision: "ungradable",
      warnings: codes,
    });
  });

  it("is refused where that is the policy, before the model is asked", async () => {
    const flow = createFlow(undefined, undefined, "reject");
    await expect(flow.post(await plainJpeg(64, 48))).rejects.toMatchObject({
      code: "ungradable_photograph",
      status: 422,
      message: expect.stringContaining("not_a_fundus_photograph"),
      warnings: expect.arrayContaining([
        expect.objectContaining({ code: "not_a_fundus_photograph", message: expect.any(String) }),
      ]),
    });
    expect(flow.steps).toEqual(["track error"]);
  });

  it("is not looked at where checks are off", async () => {
    const flow = createFlow(undefined, undefined, "off");
    expect(JSON.parse((await flow.post(await plainJpeg(64, 48))).body)).toMatchObject({ warnings: [] });
    expect(flow.predictions[0]).toMatchObject({ decision: "confident", warnings: [] });
  });
});
