import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { transitionStage } from "../../shared/mlflow/calls/transition-stage.ts";
import { metricsOf, oneTo } from "../integration/tracking/workplace.ts";
import { startCredentialsServer } from "../support/lambda/credentials-server.ts";
import { apiGatewayEvent, type HttpRequest, scheduleEvent, uploadRequest } from "../support/lambda/events.ts";
import { clockStepMs, movableClock } from "../support/lambda/movable-clock.ts";
import { readAnswer, send, sendAsByDefault, usePackagedService } from "../support/lambda/packaged-service.ts";
import { useOwnStack } from "../support/stack.ts";
import { startStallingProxy } from "../support/stalling-proxy.ts";

/** What becomes of answers and records in an environment that is frozen after every answer, killed, or frozen for long. */

const stack = useOwnStack();
const { workplace, start, register, readSession } = usePackagedService(stack);
const sample = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");
const photograph = uploadRequest(sample);
const noPhotograph: HttpRequest = {
  method: "POST",
  path: "/predict",
  headers: { "content-type": "text/plain" },
  body: "no",
};
const withMovableClock = { NODE_OPTIONS: `--enable-source-maps ${movableClock}` };

const countKinds = (records: { kind: string }[]) => ({
  predictions: records.filter(({ kind }) => kind === "prediction").length,
  errors: records.filter(({ kind }) => kind === "error").length,
});

describe("tracking, where the environment is frozen after each answer", () => {
  it("is complete in the inference log and in MLflow", async () => {
    const environment = await start("predict");
    for (let i = 0; i < 5; i++) await send(environment, photograph);
    await send(environment, noPhotograph);

    const { records, run } = await readSession();
    expect(countKinds(records)).toEqual({ predictions: 5, errors: 1 });
    expect(await workplace().loadSteps(run, "prediction_count")).toEqual(oneTo(5));
    expect(metricsOf(run)).toMatchObject({
      session_total_predictions: 5,
      error_count: 1,
      model_load_success: 1,
    });
    expect(run.info.status).toBe("RUNNING");
  });

  it("calls MLflow for many records together, when it thaws and when it ends", async () => {
    const environment = await start("predict", { env: { ...withMovableClock, ...sendAsByDefault } });
    for (let i = 0; i < 5; i++) await send(environment, photograph);
    expect(await workplace().findRuns()).toEqual([]);

    await environment.moveClock();
    await send(environment, photograph);
    expect(await workplace().loadSteps((await readSession()).run, "prediction_count")).toEqual(oneTo(6));

    await send(environment, photograph);
    await environment.shutdown();
    const { run } = await readSession();
    expect(await workplace().loadSteps(run, "prediction_count")).toEqual(oneTo(7));
    expect(run.info.status).toBe("FINISHED");
  });

  it("ends the session's run on SIGTERM", async () => {
    const environment = await start("predict");
    await send(environment, photograph);
    // The runtime client's native wait for the next event outlives process.exit: on Lambda too, SIGKILL follows after 500 ms.
    expect(await environment.shutdown()).toEqual({ code: null, signal: "SIGKILL" });
    expect((await readSession()).run.info.status).toBe("FINISHED");
  });

  it.each([1, 2, 3, 5])(
    "loses nothing when the environment is killed at its answer number %i",
    async (count) => {
      const environment = await start("predict");
      for (let i = 1; i < count; i++) await send(environment, photograph);
      const answer = await environment.start(apiGatewayEvent(photograph)).answered;
      await environment.kill();
      expect(answer.ok).toBe(true);
      await expectNothingLost({ predictions: count, errors: 0 });
    },
  );

  it.each([0, 20, 40, 80])("loses nothing when it is killed %i ms after an answer", async (delayMs) => {
    const environment = await start("predict");
    const answer = await environment.start(apiGatewayEvent(photograph)).answered;
    await sleep(delayMs);
    await environment.kill();
    expect(answer.ok).toBe(true);
    await expectNothingLost({ predictions: 1, errors: 0 });
  });

  it("loses no error when it is killed at its answer", async () => {
    const environment = await start("predict");
    await send(environment, photograph);
    const answer = await environment.start(apiGatewayEvent(noPhotograph)).answered;
    await environment.kill();
    expect(readAnswer(answer).status).toBe(415);
    const { run } = await expectNothingLost({ predictions: 1, errors: 1 });
    expect(metricsOf(run)).toMatchObject({ error_count: 1 });
  });

  /** All is in the inference log, and the drift job, once it is old enough not to be written by its own environment, in MLflow. */
  async function expectNothingLost(expected: { predictions: number; errors: number }) {
    expect(countKinds(await workplace().readLog())).toEqual(expected);
    const drift = await start("drift", { timeoutMs: 60_000, env: withMovableClock });
    await drift.moveClock();
    expect(await drift.invoke(scheduleEvent("drift"))).toMatchObject({ ok: true });
    const session = await readSession();
    expect(await workplace().loadSteps(session.run, "prediction_count")).toEqual(oneTo(expected.predictions));
    return session;
  }
});

describe("the client never waits for MLflow", () => {
  it("that is gone", async () => {
    const environment = await start("predict");
    await send(environment, photograph);
    await stack().mlflow.stop();
    try {
      const answer = await send(environment, photograph);
      expect(answer.status).toBe(200);
      expect(answer.clientMs).toBeLessThan(answer.busyMs);
    } finally {
      await stack().mlflow.start();
    }
    await send(environment, photograph);
    await sleep(1_000);
    await send(environment, photograph);
    const { run } = await readSession();
    expect(await workplace().loadSteps(run, "prediction_count")).toEqual(oneTo(4));
  });

  it("that hangs, and the environment is not ended for it", async () => {
    const proxy = await startStallingProxy(stack().mlflowUrl);
    onTestFinished(proxy.stop);
    const environment = await start("predict", { timeoutMs: 4_000, env: { MLFLOW_TRACKING_URI: proxy.url } });
    await send(environment, photograph);
    proxy.stall();
    for (let i = 0; i < 2; i++) {
      const answer = await send(environment, photograph);
      expect(answer).toMatchObject({ ok: true, status: 200 });
      expect(answer.clientMs).toBeLessThan(1_000);
      expect(answer.busyMs).toBeLessThan(4_000);
    }
    expect(countKinds(await workplace().readLog())).toEqual({ predictions: 3, errors: 0 });
  });
});

describe("an environment that was frozen for ten minutes", () => {
  it("goes on although every connection it held is gone", async () => {
    const environment = await start("predict", { env: withMovableClock });
    await send(environment, photograph);
    for (const service of [stack().mlflow, stack().s3]) await service.stop();
    for (const service of [stack().s3, stack().mlflow]) await service.start();
    await environment.moveClock();
    for (let i = 0; i < 3; i++) expect((await send(environment, photograph)).status).toBe(200);
    const { records, run } = await readSession();
    expect(countKinds(records)).toEqual({ predictions: 4, errors: 0 });
    expect(await workplace().loadSteps(run, "prediction_count")).toEqual(oneTo(4));
  });

  it("goes on although its keys have expired", async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = stack().env;
    let clockAheadMs = 0;
    const keys = await startCredentialsServer(
      { accessKeyId, secretAccessKey },
      { validMs: 0.8 * clockStepMs, clockAheadMs: () => clockAheadMs },
    );
    onTestFinished(keys.stop);
    const environment = await start("predict", { env: { ...withMovableClock, ...keys.env } });
    await send(environment, photograph);
    expect(keys.count()).toBe(1);
    await environment.moveClock();
    clockAheadMs = clockStepMs;
    expect((await send(environment, photograph)).status).toBe(200);
    expect(keys.count()).toBe(2);
    expect(countKinds(await workplace().readLog())).toEqual({ predictions: 2, errors: 0 });
  });

  it.each([
    ["from S3", {}],
    ["through MLflow", { MLFLOW_DEFAULT_ARTIFACT_ROOT: "" }],
  ])("takes up a version promoted meanwhile, %s, at the event that keeps it warm", async (how, env) => {
    const name = `promoted ${how}`.replaceAll(" ", "-");
    await register(name);
    const environment = await start("predict", {
      timeoutMs: 60_000,
      env: { ...withMovableClock, MLFLOW_MODEL_NAME: name, ...env },
    });
    expect((await send(environment, photograph)).body.model).toMatchObject({ version: "1" });
    await register(name);
    expect((await send(environment, photograph)).body.model).toMatchObject({ version: "1" });
    await environment.moveClock();
    const warmed = await environment.invoke({ job: "warm" });
    expect(warmed).toMatchObject({ ok: true, payload: { loaded: true, identity: { version: "2" } } });
    expect((await send(environment, photograph)).body.model).toMatchObject({
      version: "2",
      source: "mlflow_registry",
    });
  });

  it("gives no answer from a version that was rolled back meanwhile", async () => {
    const name = "rolled-back";
    await register(name);
    const environment = await start("predict", {
      timeoutMs: 60_000,
      env: { ...withMovableClock, MLFLOW_MODEL_NAME: name },
    });
    await register(name);
    await environment.moveClock();
    await environment.invoke({ job: "warm" });
    expect((await send(environment, photograph)).body.model).toMatchObject({ version: "2" });
    const { mlflow } = workplace();
    await transitionStage(mlflow, { name, version: "1", stage: "Production", archiveExistingVersions: true });
    await environment.moveClock();
    expect((await send(environment, photograph)).body.model).toMatchObject({ version: "1" });
  });
});
