import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Prediction } from "../../shared/schemas/prediction.ts";
import { readPeakRssMb } from "../bench/memory.ts";
import { drawnRetina } from "../support/image-files.ts";
import { apiGatewayEvent, scheduleEvent, uploadRequest } from "../support/lambda/events.ts";
import {
  type HttpAnswer,
  send,
  sendAsByDefault,
  usePackagedService,
} from "../support/lambda/packaged-service.ts";

const { start } = usePackagedService();
const sample = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");
const fundus = "../shared/fundus";
const references = "test/fixtures/model-references.json";

/** Aims with the packaged model. */
const mostMb = { onnx: 300, tensorflow: 700 };
/** What Lambda gives init. */
const longestInitMs = 10_000;

describe.each(["onnx", "tensorflow"] as const)("predict on %s", (engine) => {
  const deployment = engine === "tensorflow" ? "image" : "zip";
  const startPredict = (env: Record<string, string> = {}) =>
    start("predict", {
      deployment,
      initTimeoutMs: 30_000,
      env: { INFERENCE_ENGINE: engine, ...sendAsByDefault, ...env },
    });

  it("answers with the registry's model", async () => {
    const first = await send(await startPredict(), uploadRequest(sample));
    expect(first.status).toBe(200);
    expect(first.body.model).toMatchObject({ source: "mlflow_registry", version: "1", engine });
  });

  it("answers with the packaged model within Lambda's init and the memory that is aimed at", async () => {
    const environment = await startPredict({ ENABLE_MODEL_REGISTRY: "false" });
    for (let i = 0; i < 20; i++) {
      const { body } = await send(environment, uploadRequest(sample));
      expect(body.model).toMatchObject({ source: "local_file", engine });
    }
    expect(environment.initMs).toBeLessThan(longestInitMs);
    expect(readPeakRssMb(environment.processId)).toBeLessThan(mostMb[engine]);
  });

  it("refuses a model that does not fit into its memory instead of being killed, and logs what to raise", async () => {
    const lines: string[] = [];
    const environment = await start("predict", {
      deployment,
      initTimeoutMs: 30_000,
      env: { INFERENCE_ENGINE: engine, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "80" },
      onOutput: (line) => lines.push(line),
    });
    expect((await send(environment, uploadRequest(sample))).status).toBe(503);
    expect(lines.join("\n")).toMatch(/but the function has 80 MB; raise memorySize of predict/);
  });

  it.each([
    ["a photograph", () => sample, [0.0168, 0.1429, 0.0349, 0.8054], 0.05],
    ["a drawn retina", () => drawnRetina([190, 90, 40]), [0.7168, 0.0183, 0.2241, 0.0407], 0.02],
  ] as const)("answers %s as the model's Python pipeline does", async (_, picture, expected, tolerance) => {
    const { body } = await send(await startPredict(), uploadRequest(await picture()));
    const percents = Object.values((body as Prediction).all_predictions);
    expect(percents).toHaveLength(expected.length);
    percents.forEach((percent, i) => {
      expect(Math.abs(percent / 100 - (expected[i] ?? 0))).toBeLessThan(tolerance);
    });
  });

  it.runIf(existsSync(fundus))(
    "answers the twelve photographs of ../shared/fundus as they were",
    async () => {
      const environment = await startPredict();
      const expected: { file: string; probabilities: Record<string, number> }[] = JSON.parse(
        readFileSync(references, "utf8"),
      );
      expect(expected).toHaveLength(12);
      for (const { file, probabilities } of expected) {
        const { body } = await send(environment, uploadRequest(readFileSync(join(fundus, file))));
        const prediction = body as Prediction;
        const [label] = Object.entries(probabilities).sort((a, b) => b[1] - a[1])[0] ?? [];
        expect(prediction.predicted_class, file).toBe(label);
        for (const [name, probability] of Object.entries(probabilities)) {
          const answered = (prediction.all_predictions[name] ?? 0) / 100;
          expect(Math.abs(answered - probability), file).toBeLessThan(0.05);
        }
      }
    },
  );
});

it("predict that cannot reach the registry answers with the packaged model, and says so", async () => {
  const environment = await start("predict", { env: { MLFLOW_TRACKING_URI: "http://127.0.0.1:9" } });
  const { body } = await send(environment, uploadRequest(sample));
  expect(body).toMatchObject({ predicted_class: "normal", model: { source: "local_file" } });
});

describe("predict without any model", () => {
  const lines: string[] = [];
  const startWithoutModel = () =>
    start("predict", {
      env: { ENABLE_MODEL_REGISTRY: "false", LOCAL_MODEL_DIRECTORY: "no/such/folder" },
      onOutput: (line) => lines.push(line),
    });

  it("invents no answer, and tells nobody but its log where it looked", async () => {
    const answer = await send(await startWithoutModel(), uploadRequest(sample));
    expect(answer).toMatchObject({ status: 503, body: { error: "model_not_loaded" } });
    expect(JSON.stringify(answer.body)).not.toContain("no/such/folder");
    expect(answer.headers).toHaveProperty("retry-after");
    expect(lines.join("\n")).toContain("no/such/folder");
  });

  it("still refuses what no model could answer", async () => {
    const answer = await send(await startWithoutModel(), uploadRequest(Buffer.from("text")));
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_image" } });
  });
});

it("predict has a thread of ONNX Runtime for each processor that its memory buys", async () => {
  const countThreads = async (memoryMb: number) => {
    const { processId } = await start("predict", { memoryMb });
    return readdirSync(`/proc/${processId}/task`).length;
  };
  expect(await countThreads(5 * 1_769)).toBe((await countThreads(1_769)) + 4);
});

describe("the other functions", () => {
  it("health says what predict serves", async () => {
    const health = await start("health");
    expect((await send(health, { path: "/health" })).body).toMatchObject({ model_loaded: false });

    await send(await start("predict"), uploadRequest(sample));
    const later = await start("health");
    const { status, body } = await send(later, { path: "/health" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: "healthy", model_loaded: true, model: { version: "1" } });
  });

  it("metrics counts what all environments answered", async () => {
    for (let i = 0; i < 2; i++) await send(await start("predict"), uploadRequest(sample));
    const { body } = await send(await start("metrics"), { path: "/metrics" });
    expect(body).toMatchObject({ total_predictions: 2, total_errors: 0 });
  });

  it("docs answers with the document and the page", async () => {
    const docs = await start("docs");
    expect((await send(docs, { path: "/openapi.json" })).body).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\./),
    });
    const page = await docs.invoke(apiGatewayEvent({ path: "/", headers: { accept: "text/html" } }));
    expect((page.payload as HttpAnswer).headers["content-type"]).toMatch(/^text\/html/);
  });

  it("drift runs on its schedule and says what it found, to who invoked it and in CloudWatch's format", async () => {
    const environment = await start("predict");
    for (let i = 0; i < 3; i++) await send(environment, uploadRequest(sample));
    const lines: string[] = [];
    const drift = await start("drift", {
      timeoutMs: 60_000,
      onOutput: (line) => lines.push(line),
      env: { DRIFT_WINDOW_SIZE: "3", DRIFT_MINIMUM_PREDICTIONS: "3" },
    });
    // The same eye three times: one class holds more than 80 %.
    expect(await drift.invoke(scheduleEvent("drift"))).toMatchObject({
      ok: true,
      payload: { verdict: "drift" },
    });
    const metrics = lines
      .filter((line) => line.includes('"CloudWatchMetrics"'))
      .map((line) => JSON.parse(line));
    expect(metrics).toContainEqual(expect.objectContaining({ drift_detected: 1 }));
    expect(metrics).toContainEqual(expect.objectContaining({ drift_job_failed_parts: 0 }));
  });
});

describe("a failing environment", () => {
  it("is replaced after a timeout, and the next one answers", async () => {
    const slow = await start("predict", { timeoutMs: 1 });
    const answer = await slow.invoke(apiGatewayEvent(uploadRequest(sample)));
    expect(answer).toMatchObject({ ok: false, payload: { errorType: "Sandbox.Timedout" } });
    expect((await send(await start("predict"), uploadRequest(sample))).status).toBe(200);
  });

  it("names every bad setting when it cannot start", async () => {
    const bad = { MODEL_VERSION: "newest", LOG_LEVEL: "LOUD", MLFLOW_TRACKING_URI: "postgresql://db/mlflow" };
    const failure = await start("predict", { env: bad }).then(
      () => undefined,
      (error: Error) => String(error.cause),
    );
    for (const name of Object.keys(bad)) expect(failure).toContain(name);
  });
});
