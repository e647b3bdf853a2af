import { expect, test } from "vitest";
import { createMlflowClient } from "../../../../shared/mlflow/index.ts";
import { createReconciler } from "../../../../shared/tracking/sending/reconcile.ts";
import { createRecordQueue } from "../../../../shared/tracking/sending/record-queue.ts";
import { sendRecords } from "../../../../shared/tracking/sending/send-records.ts";
import { createMemoryMlflow } from "../../../support/memory-mlflow.ts";
import { createTestSession, testStartMs } from "../../../support/test-session.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../../support/tracking-events.ts";

test("a session of 200,000 records that MLflow has is reconciled, too", async () => {
  const metrics = Array.from({ length: 200_000 }, (_, index) => ({
    key: "health_check_count",
    step: index + 1,
  }));
  const answers: Record<string, unknown> = {
    "runs/search": { runs: [{ info: { run_id: "run" } }] },
    "metrics/get-history": { metrics },
  };
  const client = createMlflowClient({
    trackingUri: "http://mlflow.test",
    maxAttempts: 1,
    fetch: async ({ url }) =>
      Response.json(answers[new URL(url).pathname.replace("/api/2.0/mlflow/", "")] ?? {}),
  });
  const record = createTestSession().recordHealthCheck(createHealthEvent());
  const newer = { ...record, step: 200_001 };

  const reconciled = await createReconciler({ client, experimentId: "7" }).reconcile([record, newer]);

  expect(reconciled).toEqual({ sent: 1, refused: [] });
});

test("predictions that were sent as a window are not sent again, and many missing ones are a window", async () => {
  const { client, runs } = createMemoryMlflow();
  const session = createTestSession();
  const records = Array.from({ length: 60 }, () => session.recordPrediction(createPredictionEvent()));
  const reconcile = (some: typeof records) =>
    createReconciler({ client, experimentId: "7", aggregateAbovePerMinute: 10 }).reconcile(some);

  expect(await reconcile(records.slice(0, 40))).toEqual({ sent: 40, refused: [] });
  expect(await reconcile(records)).toEqual({ sent: 20, refused: [] });
  expect(await reconcile(records)).toEqual({ sent: 0, refused: [] });

  const written = runs.get("run-1")?.metrics ?? [];
  expect(written.filter(({ key }) => key === "prediction_window_count")).toMatchObject([
    { step: 40, value: 40 },
    { step: 60, value: 20 },
  ]);
  expect(written.filter(({ key }) => key === "prediction_count")).toHaveLength(2);
});

test("an hour is written as the means of each minute, also by a session that comes back", async () => {
  const { client, runs } = createMemoryMlflow();
  const session = createTestSession();
  const records = Array.from({ length: 7_200 }, (_, index) => ({
    ...session.recordPrediction(createPredictionEvent()),
    timestamp_ms: testStartMs + index * 500,
  }));
  await createReconciler({ client, experimentId: "7", aggregateAbovePerMinute: 60 }).reconcile(records);

  const windows = () =>
    runs.get("run-1")?.metrics.filter(({ key }) => key === "prediction_window_count") ?? [];
  expect(windows()).toHaveLength(60);
  expect(new Set(windows().map(({ value }) => value))).toEqual(new Set([120]));

  const queue = createRecordQueue({ aggregateAbovePerMinute: 60, sessionStartedMs: testStartMs });
  for (const record of records.slice(0, 240)) queue.add(record);
  await sendRecords(client, "run-1", queue.nextBatch(Number.POSITIVE_INFINITY));
  const distinct = new Set(windows().map((metric) => JSON.stringify(metric)));
  expect([windows().length, distinct.size]).toEqual([62, 60]);
});

test("predictions that are missing before a window are sent", async () => {
  const { client } = createMemoryMlflow();
  const session = createTestSession();
  const records = Array.from({ length: 45 }, () => session.recordPrediction(createPredictionEvent()));
  const options = { client, experimentId: "7", aggregateAbovePerMinute: 10 };

  expect((await createReconciler(options).reconcile(records.slice(5))).sent).toBe(40);
  expect((await createReconciler(options).reconcile(records)).sent).toBe(5);
});

test("health checks that were sent as a window are not sent again", async () => {
  const { client, runs } = createMemoryMlflow();
  const session = createTestSession();
  const checks = Array.from({ length: 60 }, () => session.recordHealthCheck(createHealthEvent()));
  const reconcile = (some: typeof checks) =>
    createReconciler({ client, experimentId: "7", aggregateAbovePerMinute: 10 }).reconcile(some);

  expect((await reconcile(checks.slice(0, 40))).sent).toBe(40);
  expect((await reconcile(checks)).sent).toBe(20);
  expect((await reconcile(checks)).sent).toBe(0);
  expect(runs.get("run-1")?.metrics.filter(({ key }) => key === "health_check_count")).toHaveLength(2);
});

test("a window of predictions says nothing of other kinds of records", async () => {
  const { client } = createMemoryMlflow();
  const session = createTestSession();
  const predictions = Array.from({ length: 40 }, () => session.recordPrediction(createPredictionEvent()));
  const checks = Array.from({ length: 3 }, () => session.recordHealthCheck(createHealthEvent()));
  const options = { client, experimentId: "7", aggregateAbovePerMinute: 10 };

  await createReconciler(options).reconcile(predictions);
  expect(await createReconciler(options).reconcile(checks)).toEqual({ sent: 3, refused: [] });
});

test("what was sent before is remembered: it is not sent again, and MLflow is not asked again", async () => {
  const { client, paths } = createMemoryMlflow();
  const session = createTestSession();
  const records = Array.from({ length: 3 }, () => session.recordPrediction(createPredictionEvent()));
  const { reconcile } = createReconciler({ client, experimentId: "7" });

  expect((await reconcile(records.slice(0, 1))).sent).toBe(1);
  expect((await reconcile(records)).sent).toBe(2);
  expect((await reconcile(records)).sent).toBe(0);
  expect(paths()).toEqual(["runs/search", "runs/create", "runs/log-batch", "runs/log-batch"]);
});

test("what MLflow had before is asked once for each kind of record: single ones and windows", async () => {
  const { client, paths, addRun } = createMemoryMlflow();
  const session = createTestSession();
  const [first, second] = [createHealthEvent(), createHealthEvent()].map((event) =>
    session.recordHealthCheck(event),
  );
  addRun("run", 0, { session_id: session.id });
  const { reconcile } = createReconciler({ client, experimentId: "7" });
  for (const record of [first, second]) await reconcile(record === undefined ? [] : [record]);

  expect(paths().filter((path) => path === "metrics/get-history")).toHaveLength(2);
});

test("records that come in another order leave the newest one's tags", async () => {
  const { client, runs } = createMemoryMlflow();
  const session = createTestSession();
  const [first, second, third, fourth] = ["first", "second", "third", "fourth"].map((detail) =>
    session.recordError(createErrorEvent({ detail })),
  );
  const lastError = () => runs.get("run-1")?.tags.get("last_error");
  const reconcile = (records: (typeof first)[]) =>
    createReconciler({ client, experimentId: "7" }).reconcile(
      records.filter((record) => record !== undefined),
    );

  await reconcile([third, first, second]);
  expect(lastError()).toBe("invalid_image (400): third");
  await reconcile([fourth]);
  expect(lastError()).toBe("invalid_image (400): fourth");
});

test("an older load of a model adds when it began to answer, and does not become the current one", async () => {
  const { client, runs } = createMemoryMlflow();
  const session = createTestSession();
  const [first, second] = ["3", "4"].map((version) => {
    const { model, ...event } = createModelLoadEvent();
    return session.recordModelLoad({ ...event, model: { ...model, version } });
  });
  for (const record of [second, first]) {
    await createReconciler({ client, experimentId: "7" }).reconcile(record === undefined ? [] : [record]);
  }

  const tags = [...(runs.get("run-1")?.tags ?? [])];
  const served = tags.filter(([key]) => key.startsWith("serving_since.")).map(([, value]) => value);
  expect(served.sort()).toEqual([
    "eye-disease-model version 3 (Production) on onnx",
    "eye-disease-model version 4 (Production) on onnx",
  ]);
  expect(Object.fromEntries(tags)).toMatchObject({ current_model_version: "4" });
});
