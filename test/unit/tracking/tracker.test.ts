import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { createTracker, type TrackerOptions } from "../../../shared/tracking/tracker.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../support/tracking-events.ts";
import { testStartMs } from "./test-session.ts";

interface Call {
  path: string;
  body: Record<string, unknown>;
}

/** MLflow as far as a tracker calls it; `answer` may replace an answer. */
function createTestMlflow(answer: (path: string) => Response | undefined = () => undefined) {
  const calls: Call[] = [];
  const answers: Record<string, unknown> = {
    "experiments/get-by-name": { experiment: { experiment_id: "7", lifecycle_stage: "active" } },
    "runs/create": { run: { info: { run_id: "run-1" } } },
    "runs/search": {},
  };
  const client = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async (request) => {
      const path = new URL(request.url).pathname.replace("/api/2.0/mlflow/", "");
      calls.push({ path, body: request.method === "POST" ? JSON.parse(await request.text()) : {} });
      return answer(path) ?? Response.json(answers[path] ?? {});
    },
  });
  return { client, calls, paths: () => calls.map(({ path }) => path) };
}

function createTestTracker(options: Partial<TrackerOptions> = {}) {
  const log = createRecordedLog();
  const store = createMemoryStore();
  const tracker = createTracker({
    service: { functionName: "predict", environment: "test", experimentName: "experiment" },
    apiVersion: "1.2.3",
    inferenceLog: { store, bucket: "bucket", prefix: "", timeoutMs: 1_000 },
    log,
    ...options,
  });
  return { tracker, log, store };
}

const stepsIn = ({ metrics = [] }: { metrics?: { step: number }[] }): number[] =>
  metrics.map(({ step }) => step);

describe("tracker", () => {
  it("does not call MLflow before it is told to flush", async () => {
    const { client, paths } = createTestMlflow();
    const { tracker, store } = createTestTracker({ mlflow: client });

    await tracker.trackPrediction(createPredictionEvent());
    await tracker.trackError(createErrorEvent());
    expect(store.objects.size).toBe(2);
    expect(paths()).toEqual([]);

    await tracker.flush();
    expect(paths()).toEqual(["experiments/get-by-name", "runs/create", "runs/log-batch"]);
  });

  it("writes model loads and health checks with the next prediction, or when it is told to flush", async () => {
    const { tracker, store } = createTestTracker();

    await tracker.trackModelLoad(createModelLoadEvent());
    expect(store.objects.size).toBe(0);
    await tracker.trackPrediction(createPredictionEvent());
    expect(store.objects.size).toBe(1);

    await tracker.trackHealthCheck(createHealthEvent());
    expect(store.objects.size).toBe(1);
    await tracker.flush();
    expect(store.objects.size).toBe(2);
  });

  it("leaves to the next sending what comes shortly after one", async () => {
    const { client, paths } = createTestMlflow();
    const { tracker } = createTestTracker({ mlflow: client, sendIntervalMs: 50 });
    for (let index = 0; index < 5; index += 1) {
      await tracker.trackPrediction(createPredictionEvent());
      await tracker.flush();
    }

    expect(tracker.state().mlflow.pending).toBe(4);
    await expect.poll(() => tracker.state().mlflow.pending).toBe(0);
    expect(paths().filter((path) => path === "runs/log-batch")).toHaveLength(2);
  });

  it("sends to MLflow when the clock was set back by an hour", async () => {
    let nowMs = testStartMs;
    const { client } = createTestMlflow();
    const { tracker } = createTestTracker({ mlflow: client, sendIntervalMs: 1_000, now: () => nowMs });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();

    nowMs -= 3_600_000;
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();

    expect(tracker.state().mlflow.pending).toBe(0);
  });

  it("leaves the oldest records to reconciliation when too many wait for MLflow", async () => {
    const { client, calls } = createTestMlflow();
    const { tracker } = createTestTracker({ mlflow: client });
    for (let index = 0; index < 5_001; index += 1) await tracker.trackHealthCheck(createHealthEvent());
    expect(tracker.state().mlflow).toMatchObject({ pending: 5_000, dropped: 1 });

    await tracker.flush();
    const steps = calls.flatMap(({ body }) => stepsIn(body));
    expect(Math.min(...steps)).toBe(2);
  });

  it("tells what does not work without throwing, and warns once", async () => {
    const { client, calls } = createTestMlflow(() => Response.json({ message: "down" }, { status: 503 }));
    const { tracker, log, store } = createTestTracker({ mlflow: client });
    store.putObject = async () => {
      throw new Error("no S3");
    };

    for (let index = 0; index < 3; index += 1) {
      await tracker.trackPrediction(createPredictionEvent());
      await tracker.flush();
    }

    expect(tracker.state()).toMatchObject({
      mlflow: { status: "unreachable", pending: 3, lastError: "down" },
      inference_log: { status: "unreachable", pending: 3, lastError: "no S3" },
    });
    expect(log.lines.map(({ level }) => level)).toEqual(["warn", "warn"]);
    expect(calls).toHaveLength(1);
    await tracker.close();
  });

  it("looks for a run that an earlier, unclear attempt may have created", async () => {
    let failures = 1;
    const { client, paths } = createTestMlflow((path) => {
      if (path === "runs/create" && failures-- > 0) return Response.json({}, { status: 504 });
      if (path === "runs/search") return Response.json({ runs: [{ info: { run_id: "run-0" } }] });
      return undefined;
    });
    let nowMs = Date.now();
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    nowMs += 10_000;
    await tracker.flush();

    expect(paths().slice(-2)).toEqual(["runs/search", "runs/log-batch"]);
    expect(tracker.state().mlflow).toMatchObject({ status: "reachable", pending: 0 });
  });

  it("opens its run again after an hour of silence", async () => {
    let nowMs = Date.now();
    const { client, calls } = createTestMlflow();
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    nowMs += 3_600_001;
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();

    expect(calls.at(-2)).toEqual({ path: "runs/update", body: { run_id: "run-1", status: "RUNNING" } });
  });

  it("sends what is left and ends the run when it is closed", async () => {
    const { client, calls } = createTestMlflow();
    const { tracker } = createTestTracker({ mlflow: client });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.close();

    expect(calls.slice(-2).map(({ path }) => path)).toEqual(["runs/log-batch", "runs/update"]);
    expect(calls.at(-1)?.body).toMatchObject({ run_id: "run-1", status: "FINISHED" });
  });

  it("closes although MLflow and S3 hang", async () => {
    const hanging = createMlflowClient({
      trackingUri: "http://mlflow.test",
      fetch: () => sleep(60_000, Response.json({}), { ref: false }),
    });
    const { tracker, store } = createTestTracker({ mlflow: hanging });
    store.putObject = () => sleep(60_000, "etag", { ref: false });
    void tracker.trackPrediction(createPredictionEvent());

    await tracker.close();

    expect(tracker.state().mlflow.pending).toBe(1);
  });

  it("says off for what it was not given", async () => {
    const { tracker } = createTestTracker({ inferenceLog: undefined });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    await tracker.close();

    expect(tracker.state()).toMatchObject({ mlflow: { status: "off" }, inference_log: { status: "off" } });
  });
});
