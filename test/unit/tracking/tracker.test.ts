import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { sessionTotalsKey } from "../../../shared/inference-log/totals/session-totals.ts";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { createTracker, type TrackerOptions } from "../../../shared/tracking/tracker.ts";
import { createMemoryMlflow } from "../../support/memory-mlflow.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import { testStartMs } from "../../support/test-session.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../support/tracking-events.ts";

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
    const { client, paths } = createMemoryMlflow();
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
    const kinds = [...store.objects.values()].flatMap((text) =>
      text.split("\n", 2).map((line) => JSON.parse(line).kind),
    );
    expect(kinds).toEqual(["model_load", "prediction"]);

    await tracker.trackHealthCheck(createHealthEvent());
    expect(store.objects.size).toBe(1);
    await tracker.flush();
    const records = [...store.objects.keys()].filter((key) => key.includes("/date="));
    expect(records).toHaveLength(2);
  });

  it("leaves to the next sending what comes shortly after one", async () => {
    const { client, paths } = createMemoryMlflow();
    const { tracker } = createTestTracker({ mlflow: client, pace: { restMs: 50 } });
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
    const { client } = createMemoryMlflow();
    const { tracker } = createTestTracker({ mlflow: client, pace: { restMs: 1_000 }, now: () => nowMs });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();

    nowMs -= 3_600_000;
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();

    expect(tracker.state().mlflow.pending).toBe(0);
  });

  it("sends a crowded minute when it is over, also where records are not held for others", async () => {
    let nowMs = testStartMs;
    const { client, runs } = createMemoryMlflow();
    const pace = { restMs: 0, aggregateAbovePerMinute: 60, random: () => 0 };
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs, pace, sendsByItself: false });
    for (let index = 0; index < 70; index += 1) {
      await tracker.trackPrediction(createPredictionEvent());
      await tracker.flush();
    }
    expect(tracker.state().mlflow.pending).toBe(69);

    nowMs += 60_000;
    await tracker.flush();
    expect(tracker.state().mlflow.pending).toBe(0);
    const windows = runs.get("run-1")?.metrics.filter(({ key }) => key === "prediction_window_count");
    expect(windows).toMatchObject([{ step: 70, value: 69 }]);
  });

  it("sends a crowded minute at once when the clock was set back by an hour", async () => {
    let nowMs = testStartMs;
    const { client } = createMemoryMlflow();
    const pace = { holdMs: 5_000, restMs: 0, aggregateAbovePerMinute: 60 };
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs, pace, sendsByItself: false });
    for (let index = 0; index < 70; index += 1) await tracker.trackPrediction(createPredictionEvent());
    nowMs -= 3_600_000;

    await tracker.flush();

    expect(tracker.state().mlflow.pending).toBe(0);
  });

  it("calls MLflow for many predictions together where the process is frozen between events, and at its end", async () => {
    let nowMs = testStartMs;
    const { client, calls } = createMemoryMlflow();
    const pace = { holdMs: 5_000, restMs: 0, maximumTimeShare: 1 };
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs, pace, sendsByItself: false });
    const batches = () => calls.filter(({ path }) => path === "runs/log-batch").map(({ body }) => body);

    for (let index = 0; index < 12; index += 1) {
      await tracker.trackPrediction(createPredictionEvent());
      await tracker.flush();
      nowMs += 1_000;
    }
    expect(batches().map((body) => new Set(stepsIn(body)))).toEqual([
      new Set([1, 2, 3, 4, 5, 6]),
      new Set([7, 8, 9, 10, 11, 12]),
    ]);

    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    expect(tracker.state().mlflow.pending).toBe(1);
    await tracker.close();
    expect(stepsIn(batches()[2] ?? {})).toContain(13);
  });

  it("does not hold records once there are enough for a call", async () => {
    const { client, calls } = createMemoryMlflow();
    const pace = { holdMs: 60_000, restMs: 0, maximumTimeShare: 1 };
    const { tracker } = createTestTracker({ mlflow: client, now: () => testStartMs, pace });
    for (let index = 0; index < 49; index += 1) await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    expect(calls).toEqual([]);

    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();

    expect(tracker.state().mlflow.pending).toBe(0);
  });

  it("writes the means of a minute where predictions come faster than stated, and every one to the log", async () => {
    let nowMs = testStartMs;
    const { client, runs } = createMemoryMlflow();
    const pace = {
      ...{ holdMs: 5_000, restMs: 0, maximumTimeShare: 1, aggregateAbovePerMinute: 60 },
      random: () => 0.125,
    };
    const { tracker, store } = createTestTracker({ mlflow: client, now: () => nowMs, pace });

    for (let index = 1; index <= 320; index += 1) {
      await tracker.trackPrediction(createPredictionEvent({ confidence: index % 2 === 0 ? 60 : 80 }));
      await tracker.flush();
      nowMs += 250;
    }

    const written = runs.get("run-1")?.metrics ?? [];
    const of = (key: string) => written.filter((metric) => metric.key === key);
    expect(of("prediction_confidence")).toMatchObject([{ step: 240 }]);
    expect(of("prediction_confidence")[0]?.value).toBeCloseTo(70, 0);
    expect(of("prediction_count")).toMatchObject([{ step: 240, value: 240 }]);
    expect(of("prediction_window_count")).toMatchObject([{ step: 240, value: 240 }]);
    expect(of("session_total_predictions")).toMatchObject([{ step: 240, value: 240 }]);
    expect([...store.objects.keys()].filter((key) => key.includes("/date="))).toHaveLength(320);
    await tracker.close();
    expect(of("prediction_count")).toMatchObject([{ step: 240 }, { step: 320, value: 320 }]);
  });

  it("sends a window again as the same window when it does not know what became of it", async () => {
    let isLost = true;
    const { client, runs, calls } = createMemoryMlflow(({ path }) => {
      if (path !== "runs/log-batch" || !isLost) return undefined;
      isLost = false;
      return Response.json({}, { status: 504 });
    });
    let nowMs = testStartMs;
    const pace = {
      ...{ holdMs: 1_000, restMs: 0, maximumTimeShare: 1, aggregateAbovePerMinute: 10 },
      random: () => 0,
    };
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs, pace });
    for (let index = 0; index < 20; index += 1) await tracker.trackPrediction(createPredictionEvent());
    nowMs += 60_000;
    await tracker.flush();
    for (let index = 0; index < 20; index += 1) await tracker.trackPrediction(createPredictionEvent());
    nowMs += 60_000;
    await tracker.flush();

    const batches = calls.filter(({ path }) => path === "runs/log-batch");
    expect(batches[1]?.body).toEqual(batches[0]?.body);
    const windows = runs.get("run-1")?.metrics.filter(({ key }) => key === "prediction_window_count");
    expect(windows).toMatchObject([
      { step: 20, value: 20 },
      { step: 40, value: 20 },
    ]);
  });

  it("leaves the oldest records to reconciliation when too many wait for MLflow", async () => {
    const { client, calls } = createMemoryMlflow();
    const { tracker } = createTestTracker({ mlflow: client });
    for (let index = 0; index < 5_001; index += 1) await tracker.trackHealthCheck(createHealthEvent());
    expect(tracker.state().mlflow).toMatchObject({ pending: 5_000, dropped: 1 });

    await tracker.flush();
    const steps = calls.flatMap(({ body }) => stepsIn(body));
    expect(Math.min(...steps)).toBe(2);
  });

  it("tells what does not work without throwing, and warns once of each", async () => {
    const { client, calls } = createMemoryMlflow(() => Response.json({ message: "down" }, { status: 503 }));
    const { tracker, log, store } = createTestTracker({ mlflow: client });
    store.putObject = async () => {
      throw new Error("no S3");
    };

    for (let index = 0; index < 3; index += 1) {
      await tracker.trackPrediction(createPredictionEvent());
      await tracker.flush({ withinMs: 100 });
    }

    expect(tracker.state()).toMatchObject({
      mlflow: { status: "unreachable", pending: 3, lastError: "down" },
      inference_log: { status: "unreachable", pending: 3, lastError: "no S3" },
    });
    expect(log.lines.map(({ level, message }) => `${level}: ${message}`).sort()).toEqual([
      "warn: MLflow cannot be written; records wait",
      "warn: The inference log cannot be written; records wait in memory",
      "warn: The totals of this environment cannot be written",
    ]);
    expect(calls).toHaveLength(1);
    await tracker.close();
  });

  it("looks for a run that an earlier, unclear attempt may have created", async () => {
    let failures = 1;
    const { client, paths, addRun, runs } = createMemoryMlflow(({ path }) => {
      if (path === "runs/create" && failures-- > 0) return Response.json({}, { status: 504 });
      return undefined;
    });
    let nowMs = Date.now();
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    addRun("run-0", nowMs, { session_id: tracker.state().session.id });
    nowMs += 10_000;
    await tracker.flush();

    expect([...runs.keys()]).toEqual(["run-0"]);
    expect(paths().slice(-3)).toEqual(["experiments/get-by-name", "runs/search", "runs/log-batch"]);
    expect(tracker.state().mlflow).toMatchObject({ status: "reachable", pending: 0 });
  });

  it.each([
    ["not in the session's first minute", 60_000, "run-1"],
    ["later", 60_001, "run-0"],
  ])("looks for a run that another process made for its session: %s", async (_name, ageMs, runId) => {
    const { client, addRun, runs } = createMemoryMlflow();
    let nowMs = testStartMs;
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs });
    addRun("run-0", nowMs, { session_id: tracker.state().session.id });
    nowMs += ageMs;
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();

    const written = [...runs].filter(([, { metrics }]) => metrics.length > 0).map(([id]) => id);
    expect(written).toEqual([runId]);
  });

  it("keeps to its run when MLflow fails for a while", async () => {
    let isDown = false;
    const { client, paths } = createMemoryMlflow(() =>
      isDown ? Response.json({}, { status: 503 }) : undefined,
    );
    let nowMs = testStartMs;
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs });
    for (const fails of [false, true, false]) {
      isDown = fails;
      await tracker.trackPrediction(createPredictionEvent());
      await tracker.flush();
      nowMs += 10_000;
    }

    expect(new Set(paths().slice(2))).toEqual(new Set(["runs/log-batch"]));
    expect(tracker.state().mlflow.pending).toBe(0);
  });

  it("begins no other call when its time is up", async () => {
    let nowMs = testStartMs;
    const { client } = createMemoryMlflow(({ path }) => {
      if (path === "runs/log-batch") nowMs += 1_000;
      return undefined;
    });
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs, sendsByItself: false });
    for (let index = 0; index < 120; index += 1) await tracker.trackPrediction(createPredictionEvent());

    await tracker.flush({ withinMs: 1_000 });
    expect(tracker.state().mlflow.pending).toBe(50);
  });

  it("leaves half of its last time to ending the run", async () => {
    let nowMs = testStartMs;
    const { client, runs } = createMemoryMlflow(({ path }) => {
      if (path === "runs/log-batch") nowMs += 225;
      return undefined;
    });
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs });
    for (let index = 0; index < 120; index += 1) await tracker.trackPrediction(createPredictionEvent());
    await tracker.close({ withinMs: 450 });

    expect(tracker.state().mlflow.pending).toBe(50);
    expect(runs.get("run-1")?.info).toMatchObject({ status: "FINISHED", end_time: nowMs });
  });

  it("tries once more at its end, and no more often, when MLflow fails", async () => {
    let nowMs = testStartMs;
    const { client, paths } = createMemoryMlflow(() => Response.json({}, { status: 503 }));
    const { tracker } = createTestTracker({ mlflow: client, now: () => (nowMs += 1), sendsByItself: false });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    await tracker.close();

    expect(paths()).toEqual(["experiments/get-by-name", "experiments/get-by-name"]);
  });

  it("opens its run again after an hour of silence", async () => {
    let nowMs = Date.now();
    const { client, calls } = createMemoryMlflow();
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    nowMs += 3_600_001;
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();

    expect(calls.at(-2)).toEqual({ path: "runs/update", body: { run_id: "run-1", status: "RUNNING" } });
  });

  it("sends what is left and ends the run when it is closed", async () => {
    const { client, calls } = createMemoryMlflow();
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
    const { tracker, log, store } = createTestTracker({ mlflow: hanging });
    store.putObject = () => sleep(60_000, "etag", { ref: false });
    void tracker.trackPrediction(createPredictionEvent());

    await tracker.close();

    expect(tracker.state()).toMatchObject({ mlflow: { pending: 1 }, inference_log: { dropped: 1 } });
    expect(log.lines).toMatchObject([{ level: "error", details: { lost: 1 } }]);
  });

  it("reports `off` for what it was not given", async () => {
    const { tracker } = createTestTracker({ inferenceLog: undefined });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    await tracker.close();

    expect(tracker.state()).toMatchObject({ mlflow: { status: "off" }, inference_log: { status: "off" } });
  });

  it("sends more than one call can hold in as many as it needs", async () => {
    const { client, calls } = createMemoryMlflow();
    const { tracker } = createTestTracker({ mlflow: client });
    // 10 metrics and 4 tags each, and 8 figures of the session: 70 go into one call of 1,000.
    for (let index = 0; index < 120; index += 1) await tracker.trackPrediction(createPredictionEvent());

    await tracker.flush();

    const batches = calls.filter(({ path }) => path === "runs/log-batch");
    expect(batches.map(({ body }) => new Set(stepsIn(body)).size)).toEqual([70, 50]);
    expect(tracker.state().mlflow).toEqual({ status: "reachable", pending: 0, dropped: 0, refused: 0 });
  });

  it("sends in the end what came while it was sending, each record once", async () => {
    const { client, runs } = createMemoryMlflow();
    const { tracker } = createTestTracker({ mlflow: client, pace: { restMs: 0, maximumTimeShare: 1 } });
    await tracker.trackPrediction(createPredictionEvent());
    const sending = tracker.flush();
    await tracker.trackPrediction(createPredictionEvent());
    await Promise.all([sending, tracker.flush()]);

    await expect.poll(() => tracker.state().mlflow.pending).toBe(0);
    const counts = runs.get("run-1")?.metrics.filter(({ key }) => key === "prediction_count");
    expect(counts?.map(({ step }) => step)).toEqual([1, 2]);
    expect(runs.size).toBe(1);
  });

  it.each([
    ["while it writes", 5_000],
    ["during an hour of silence", 3_600_001],
  ])("begins another run when its own was deleted %s", async (_when, silenceMs) => {
    let isDeleted = false;
    const { client, runs } = createMemoryMlflow(({ path, body }) => {
      if (!isDeleted || body.run_id !== "run-1") return undefined;
      if (path === "runs/get") {
        return Response.json({ run: { info: { run_id: "run-1", lifecycle_stage: "deleted" } } });
      }
      return Response.json({ error_code: "INVALID_PARAMETER_VALUE", message: "deleted" }, { status: 400 });
    });
    let nowMs = testStartMs;
    const { tracker } = createTestTracker({ mlflow: client, now: () => nowMs });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    isDeleted = true;
    runs.delete("run-1");
    await tracker.trackPrediction(createPredictionEvent());
    nowMs += silenceMs;
    await tracker.flush();
    nowMs += 5_000;
    await tracker.flush();

    expect(tracker.state().mlflow).toMatchObject({ status: "reachable", pending: 0 });
    expect(runs.get("run-2")?.metrics.map(({ step }) => step)).toContain(2);
  });

  it("counts and names what MLflow refuses, and goes on", async () => {
    const { client, runs } = createMemoryMlflow(({ path, body }) =>
      path === "runs/log-batch" && stepsIn(body).includes(2)
        ? Response.json({ error_code: "INVALID_PARAMETER_VALUE", message: "too odd" }, { status: 400 })
        : undefined,
    );
    const { tracker, log } = createTestTracker({ mlflow: client });
    for (let index = 0; index < 3; index += 1) await tracker.trackPrediction(createPredictionEvent());

    await tracker.flush();

    expect(tracker.state().mlflow).toMatchObject({ status: "reachable", pending: 0, refused: 1 });
    expect(log.lines).toMatchObject([
      {
        level: "warn",
        message: "MLflow refused a record",
        details: { kind: "prediction", reason: "too odd" },
      },
    ]);
    expect(new Set(runs.get("run-1")?.metrics.map(({ step }) => step))).toEqual(new Set([1, 3]));
  });

  it("says when MLflow can be written again, and that it is unknown before the first call", async () => {
    let isDown = true;
    const { client } = createMemoryMlflow(() => (isDown ? Response.json({}, { status: 503 }) : undefined));
    let nowMs = testStartMs;
    const { tracker, log } = createTestTracker({ mlflow: client, now: () => nowMs });
    await tracker.trackPrediction(createPredictionEvent());
    expect(tracker.state().mlflow.status).toBe("unknown");
    await tracker.flush();
    isDown = false;
    nowMs += 10_000;
    await tracker.flush();

    expect(log.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      "warn: MLflow cannot be written; records wait",
      "info: MLflow can be written again",
    ]);
  });

  it("tags its run with what the session is", async () => {
    const { client, runs } = createMemoryMlflow();
    const { tracker } = createTestTracker({ mlflow: client, now: () => testStartMs });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();

    const tags = Object.fromEntries(runs.get("run-1")?.tags ?? []);
    expect(tags).toMatchObject({
      project: "eye-disease-classifier",
      framework: "tensorflow",
      engine: "onnx",
      api_version: "1.2.3",
      environment: "test",
      api_session: "true",
      session_id: tracker.state().session.id,
      start_time: "2026-11-25T14:30:00.000Z",
      function: "predict",
    });
  });
});

describe("a tracker that is closed", () => {
  it("writes at once what S3 did not take, and the totals, without waiting for its pauses", async () => {
    const { tracker, store } = createTestTracker({ now: () => testStartMs });
    const totals = () => {
      const key = sessionTotalsKey("", tracker.state().session.id);
      return JSON.parse(store.objects.get(key) ?? "{}").predictions;
    };
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
    const { putObject } = store;
    store.putObject = async () => {
      throw new Error("no S3");
    };
    await tracker.trackPrediction(createPredictionEvent());
    expect(tracker.state().inference_log).toMatchObject({ status: "unreachable", pending: 1 });
    store.putObject = putObject;
    await tracker.close();
    expect(tracker.state().inference_log).toMatchObject({ pending: 0, dropped: 0 });
    expect(totals()).toBe(2);
  });
});
