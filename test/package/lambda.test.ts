import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { registerModel } from "../../scripts/registry/register-model.ts";
import type { Prediction } from "../../shared/contracts/prediction.ts";
import { computeQuantile } from "../bench/load.ts";
import { readPeakRssMb } from "../bench/memory.ts";
import { createWorkplace, metricsOf, oneTo, type Workplace } from "../integration/tracking/workplace.ts";
import { apiGatewayEvent, type HttpRequest, scheduleEvent, uploadRequest } from "../support/lambda/events.ts";
import type { ExecutionEnvironment } from "../support/lambda/execution-environment.ts";
import { movableClock } from "../support/lambda/movable-clock.ts";
import { type FunctionOptions, startPackagedFunction } from "../support/lambda/packaged-function.ts";
import { useOwnStack } from "../support/stack.ts";

const stack = useOwnStack();
const sample = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");
const fundus = "../shared/fundus";
const references = "../shared/model-start/reference.json";

let workplace: Workplace;
const started: ExecutionEnvironment[] = [];

beforeAll(async () => {
  workplace = createWorkplace(stack());
  await registerModel("models/eye-disease/model.keras", {
    mlflow: workplace.mlflow,
    store: workplace.location.store,
    name: "eye-disease-model",
    experimentName: "training",
    engine: "onnx",
    pointers: [{ stage: "Production" }],
  });
});
afterEach(async () => {
  workplace = createWorkplace(stack());
  await Promise.all(started.splice(0).map((environment) => environment.kill()));
});

/** A function as it was packaged, in an environment of its own, with a session and log of this test alone. */
async function start(name: string, options: Partial<FunctionOptions> = {}): Promise<ExecutionEnvironment> {
  const environment = await startPackagedFunction(name, {
    ...options,
    env: {
      ...stack().env,
      NODE_OPTIONS: "--enable-source-maps",
      MLFLOW_EXPERIMENT_NAME: workplace.experimentName,
      INFERENCE_LOG_PREFIX: workplace.location.prefix,
      ...options.env,
    },
  });
  started.push(environment);
  return environment;
}

interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}
async function send(environment: ExecutionEnvironment, request: HttpRequest) {
  const invocation = await environment.invoke(apiGatewayEvent(request));
  const { statusCode, headers, body } = invocation.payload as HttpAnswer;
  return { ...invocation, status: statusCode, headers, body: JSON.parse(body) };
}

/** Answers of one session: their records, and the run they are shown in. */
async function readSession() {
  const records = await workplace.readLog();
  const sessions = new Set(records.map((record) => record.session_id));
  expect(sessions.size).toBe(1);
  return { records, run: await workplace.findRun([...sessions][0] ?? "") };
}

describe.each(["onnx", "tensorflow"] as const)("predict on %s", (engine) => {
  const deployment = engine === "tensorflow" ? "image" : "zip";
  const options = { deployment, env: { INFERENCE_ENGINE: engine }, initTimeoutMs: 30_000 } as const;

  it("answers with the registry's model, at the speed it prints", async () => {
    const environment = await start("predict", options);
    const first = await send(environment, uploadRequest(sample));
    expect(first.status).toBe(200);
    expect(first.body.model).toMatchObject({ source: "mlflow_registry", version: "1", engine });

    const lines = [
      `${engine} (${deployment}): init ${environment.initMs.toFixed(0)} ms, first answer ${first.clientMs.toFixed(0)} ms`,
    ];
    const small = await sharp(sample).resize(256, 256).jpeg().toBuffer();
    for (const [size, photograph] of [
      ["256 x 256", small],
      ["1411 x 1411", sample],
    ] as const) {
      const answers = [];
      for (let i = 0; i < 40; i++) answers.push(await send(environment, uploadRequest(photograph)));
      expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
      const show = (values: number[]) =>
        `p50 ${computeQuantile(values, 0.5).toFixed(1)} ms, p95 ${computeQuantile(values, 0.95).toFixed(1)} ms`;
      lines.push(
        `  warm, ${size}: to the client ${show(answers.map(({ clientMs }) => clientMs))}; ` +
          `environment busy ${show(answers.map(({ busyMs }) => busyMs))}`,
      );
    }
    lines.push(`  peak memory ${readPeakRssMb(environment.processId).toFixed(0)} MB`);
    console.log(lines.join("\n"));
  });

  it.runIf(existsSync(fundus))("names the reference photographs as the reference does", async () => {
    const environment = await start("predict", options);
    const expected = JSON.parse(readFileSync(references, "utf8")) as {
      file: string;
      probabilities: Record<string, number>;
    }[];
    for (const { file, probabilities } of expected) {
      const { body } = await send(environment, uploadRequest(readFileSync(join(fundus, file))));
      const prediction = body as Prediction;
      const [label] = Object.entries(probabilities).sort((a, b) => b[1] - a[1])[0] ?? [];
      expect(prediction.predicted_class, file).toBe(label);
      for (const [name, probability] of Object.entries(probabilities)) {
        expect(Math.abs((prediction.all_predictions[name] ?? 0) / 100 - probability), file).toBeLessThan(
          0.05,
        );
      }
    }
  });
});

describe("tracking, where the environment is frozen after each answer", () => {
  it("is complete in the inference log and in MLflow", async () => {
    const environment = await start("predict");
    for (let i = 0; i < 5; i++) await send(environment, uploadRequest(sample));
    await send(environment, {
      method: "POST",
      path: "/predict",
      headers: { "content-type": "text/plain" },
      body: "no",
    });

    const { records, run } = await readSession();
    expect(records.filter(({ kind }) => kind === "prediction")).toHaveLength(5);
    expect(records.filter(({ kind }) => kind === "error")).toHaveLength(1);
    expect(await workplace.loadSteps(run, "prediction_count")).toEqual(oneTo(5));
    expect(metricsOf(run)).toMatchObject({
      session_total_predictions: 5,
      error_count: 1,
      model_load_success: 1,
    });
    expect(run.info.status).toBe("RUNNING");
  });

  it("ends the session's run on SIGTERM", async () => {
    const environment = await start("predict");
    await send(environment, uploadRequest(sample));
    await environment.shutdown();
    expect((await readSession()).run.info.status).toBe("FINISHED");
  });

  it("loses nothing when the environment is killed right after an answer", async () => {
    const environment = await start("predict");
    await send(environment, uploadRequest(sample));
    const answer = await environment.start(apiGatewayEvent(uploadRequest(sample))).answered;
    await environment.kill();
    expect(answer.ok).toBe(true);
    expect((await workplace.readLog()).filter(({ kind }) => kind === "prediction")).toHaveLength(2);

    // The job leaves what is young to the environment that made it.
    const drift = await start("drift", { timeoutMs: 60_000, env: { NODE_OPTIONS: movableClock } });
    drift.moveClock();
    const analysis = await drift.invoke(scheduleEvent("drift"));
    expect(analysis).toMatchObject({ ok: true });
    const { run } = await readSession();
    expect(await workplace.loadSteps(run, "prediction_count")).toEqual([1, 2]);
  });

  it("never lets the client wait for MLflow", async () => {
    const environment = await start("predict");
    await send(environment, uploadRequest(sample));
    await stack().mlflow.stop();
    try {
      const answer = await send(environment, uploadRequest(sample));
      expect(answer.status).toBe(200);
      expect(answer.clientMs).toBeLessThan(answer.busyMs);
    } finally {
      await stack().mlflow.start();
    }
    await send(environment, uploadRequest(sample));
    await sleep(1_000);
    await send(environment, uploadRequest(sample));
    const { run } = await readSession();
    expect(await workplace.loadSteps(run, "prediction_count")).toEqual(oneTo(4));
  });
});

describe("an environment that was frozen for ten minutes", () => {
  it("goes on although every connection it held is gone", async () => {
    const environment = await start("predict", {
      env: { NODE_OPTIONS: `--enable-source-maps ${movableClock}`, MODEL_REFRESH_SECONDS: "60" },
    });
    await send(environment, uploadRequest(sample));
    for (const service of [stack().mlflow, stack().s3]) await service.stop();
    for (const service of [stack().s3, stack().mlflow]) await service.start();
    environment.moveClock();
    for (let i = 0; i < 3; i++) {
      const answer = await send(environment, uploadRequest(sample));
      expect(answer.status).toBe(200);
    }
    const { records, run } = await readSession();
    expect(records.filter(({ kind }) => kind === "prediction")).toHaveLength(4);
    expect(await workplace.loadSteps(run, "prediction_count")).toEqual(oneTo(4));
  });
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

  it("drift runs on its schedule and says so in CloudWatch's format", async () => {
    await send(await start("predict"), uploadRequest(sample));
    const lines: string[] = [];
    const drift = await start("drift", { timeoutMs: 60_000, onOutput: (line) => lines.push(line) });
    expect(await drift.invoke(scheduleEvent("drift"))).toMatchObject({ ok: true });
    expect(lines.filter((line) => line.includes('"CloudWatchMetrics"'))).not.toHaveLength(0);
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
