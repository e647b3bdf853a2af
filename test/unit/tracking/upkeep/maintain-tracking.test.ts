import { describe, expect, it } from "vitest";
import { parseLogKey } from "../../../../shared/inference-log/log-keys.ts";
import { endedTotalsKey } from "../../../../shared/inference-log/totals/service-totals.ts";
import { sessionTotalsKey } from "../../../../shared/inference-log/totals/session-totals.ts";
import { MlflowError } from "../../../../shared/mlflow/index.ts";
import type { InferenceLogRecord } from "../../../../shared/schemas/inference-record.ts";
import {
  type MaintenanceOptions,
  maintainTracking,
} from "../../../../shared/tracking/upkeep/maintain-tracking.ts";
import {
  reconcileRequestKey,
  requestReconciliation,
} from "../../../../shared/tracking/upkeep/reconcile-again.ts";
import { createMemoryLog } from "../../../support/memory-log.ts";
import { createMemoryMlflow } from "../../../support/memory-mlflow.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";
import { createTestSession, testStartMs } from "../../../support/test-session.ts";
import {
  createErrorEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../../support/tracking-events.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The hour of the tests' records has been over for long enough. */
const laterMs = testStartMs + 2 * hourMs;

function createWorkplace() {
  const { store, location, write } = createMemoryLog();
  const mlflow = createMemoryMlflow();
  const log = createRecordedLog();
  return {
    location,
    store,
    mlflow,
    log,
    keep: write,
    maintain: (nowMs: number, options: Partial<MaintenanceOptions> = {}) =>
      maintainTracking({
        location,
        mlflow: mlflow.client,
        experimentName: "experiment",
        log,
        now: () => nowMs,
        ...options,
      }),
    /** Steps of a metric that MLflow has, over all runs. */
    stepsOf: (metric: string) =>
      [...mlflow.runs.values()].flatMap((run) =>
        run.metrics.filter(({ key }) => key === metric).map(({ step }) => step),
      ),
    logKeys: () => [...store.objects.keys()].filter((key) => parseLogKey(key) !== undefined),
    /** Lets every object be as large as stated, by blanks behind its last record. */
    enlarge(sizeBytes: number): void {
      for (const [key, text] of store.objects) store.objects.set(key, text.trimEnd().padEnd(sizeBytes));
    },
  };
}

const createPredictions = (count: number, session = createTestSession()) =>
  Array.from({ length: count }, () => session.recordPrediction(createPredictionEvent()));

describe("maintainTracking", () => {
  it("deletes the runs of sessions that ended before the retention, and no other run", async () => {
    const { maintain, mlflow } = createWorkplace();
    const dayMs = 24 * 3_600_000;
    const session = { api_session: "true" };
    Object.assign(mlflow.addRun("old", 0, session).info, { status: "FINISHED", end_time: testStartMs });
    Object.assign(mlflow.addRun("new", 0, session).info, {
      status: "FINISHED",
      end_time: testStartMs + 2 * dayMs,
    });
    Object.assign(mlflow.addRun("report", 0).info, { status: "FINISHED", end_time: testStartMs });

    Object.assign(mlflow.addRun("also old", 0, session).info, { status: "FINISHED", end_time: 0 });

    expect((await maintain(testStartMs + 31 * dayMs)).runsDeleted).toBe(0);
    const report = await maintain(testStartMs + 31 * dayMs, { runRetentionDays: 30 });

    expect(report.runsDeleted).toBe(2);
    expect([...mlflow.runs.keys()]).toEqual(["new", "report"]);
  });

  it("sends what never reached MLflow, each record once, and makes one object of a closed hour", async () => {
    const { keep, maintain, stepsOf, logKeys, mlflow } = createWorkplace();
    const [first, second, third] = createPredictions(3);
    keep([third as InferenceLogRecord]);
    keep([first, second] as InferenceLogRecord[], "broken\n");

    expect(await maintain(laterMs)).toEqual({
      isDone: true,
      isComplete: true,
      objectsRead: 2,
      brokenLines: 1,
      recordsSent: 3,
      recordsRefused: 0,
      objectsCompacted: 2,
      runsEnded: 1,
      runsDeleted: 0,
    });
    expect(stepsOf("prediction_count")).toEqual([1, 2, 3]);
    expect(logKeys().map((key) => parseLogKey(key))).toMatchObject([{ compacted: true, predictions: 3 }]);

    const { objectsRead, recordsSent, runsEnded } = await maintain(laterMs + hourMs);
    expect({ objectsRead, recordsSent, runsEnded }).toEqual({ objectsRead: 0, recordsSent: 0, runsEnded: 0 });
    expect(mlflow.runs.size).toBe(1);
  });

  it("sends only what the session did not send itself, and sets no tag back", async () => {
    const { keep, maintain, stepsOf, mlflow } = createWorkplace();
    const session = createTestSession();
    const errors = ["first", "second", "third"].map((detail) =>
      session.recordError(createErrorEvent({ detail })),
    );
    keep(errors.slice(0, 1));
    keep(errors.slice(2));
    await maintain(laterMs);
    keep(errors);

    expect((await maintain(laterMs)).recordsSent).toBe(1);
    expect(stepsOf("prediction_error_count")).toEqual([1, 3, 2]);
    expect([...mlflow.runs.values()].map(({ tags }) => tags.get("last_error"))).toEqual([
      "invalid_image (400): third",
    ]);
  });

  it("keeps sessions and kinds apart", async () => {
    const { keep, maintain, stepsOf, mlflow } = createWorkplace();
    const session = createTestSession();
    keep([
      session.recordPrediction(createPredictionEvent()),
      session.recordModelLoad(createModelLoadEvent()),
      ...createPredictions(2),
    ]);

    expect((await maintain(laterMs)).recordsSent).toBe(4);
    expect(mlflow.runs.size).toBe(2);
    expect(stepsOf("prediction_count").sort()).toEqual([1, 1, 2]);
    expect(stepsOf("model_load_success")).toEqual([1]);
  });

  it.each([
    ["over for two minutes", 3 * minuteMs, 1],
    ["over for less", 3 * minuteMs - 1, 0],
  ])("leaves a record to its session until its minute is %s", async (_name, afterMs, recordsSent) => {
    const { keep, maintain } = createWorkplace();
    keep(createPredictions(1));
    expect((await maintain(testStartMs + afterMs)).recordsSent).toBe(recordsSent);
  });

  it.each([
    ["over for 15 minutes", 15 * minuteMs + 1, 1],
    ["over for less", 15 * minuteMs - 1, 0],
  ])("makes one object of an hour that is %s", async (_name, afterEndMs, objectsCompacted) => {
    const { keep, maintain } = createWorkplace();
    keep(createPredictions(1));
    const hourEndMs = testStartMs + hourMs / 2;
    expect((await maintain(hourEndMs + afterEndMs)).objectsCompacted).toBe(objectsCompacted);
  });

  it("leaves alone an object that is not named as one of the log, or was compacted by an earlier version", async () => {
    const { keep, maintain, store } = createWorkplace();
    const key = keep(createPredictions(1));
    const folder = key.slice(0, key.lastIndexOf("/") + 1);
    const others = [`${folder}notes.txt`, `${folder}compacted-0a1b-p1.jsonl`];
    for (const other of others) store.objects.set(other, store.objects.get(key) ?? "");

    expect(await maintain(laterMs)).toMatchObject({ objectsRead: 1, recordsSent: 1, objectsCompacted: 1 });
    expect(others.filter((other) => store.objects.has(other))).toEqual(others);
  });

  it("passes over objects that are gone when it reads them", async () => {
    const { keep, maintain, store, logKeys, stepsOf } = createWorkplace();
    const [first, second] = createPredictions(2) as [InferenceLogRecord, InferenceLogRecord];
    const gone = [keep([first])];
    const { getObject } = store;
    store.getObject = async (bucket, key) => (gone.includes(key) ? undefined : getObject(bucket, key));

    expect(await maintain(laterMs)).toMatchObject({ isComplete: true, objectsRead: 0, objectsCompacted: 0 });
    expect(logKeys()).toEqual(gone);

    keep([second]);
    expect(await maintain(laterMs)).toMatchObject({ isComplete: true, objectsRead: 1, objectsCompacted: 1 });
    expect(stepsOf("prediction_count")).toEqual([2]);
  });

  it("deletes no object of which it received something else than what is listed", async () => {
    const { keep, maintain, store, logKeys } = createWorkplace();
    const keys = createPredictions(2).map((record) => keep([record]));
    const { getObject } = store;
    store.getObject = async (bucket, key) =>
      key === keys[1] ? { bytes: Buffer.from("<html>"), etag: "of a proxy" } : getObject(bucket, key);

    await expect(maintain(laterMs)).rejects.toThrow(/s3:\/\/log\/.*expected \d+ bytes but received 6/);
    expect(logKeys()).toEqual(keys);
  });

  it("holds 48 MiB of an hour at once, and sends and compacts each part by itself", async () => {
    const { keep, maintain, logKeys, stepsOf, enlarge } = createWorkplace();
    for (const record of createPredictions(5)) keep([record]);
    enlarge(24 * 1024 * 1024);

    expect(await maintain(laterMs)).toMatchObject({ isComplete: true, recordsSent: 5, objectsCompacted: 5 });
    expect(stepsOf("prediction_count")).toEqual([1, 2, 3, 4, 5]);
    expect(logKeys().map((key) => parseLogKey(key)?.predictions)).toEqual([2, 2, 1]);
  });

  it("begins no other part when its time is up, and goes on with it the next time", async () => {
    const { keep, maintain, mlflow, stepsOf, enlarge } = createWorkplace();
    for (const record of createPredictions(3)) keep([record]);
    enlarge(24 * 1024 * 1024);
    let nowMs = laterMs;
    mlflow.interrupt(({ path }) => {
      if (path === "runs/log-batch") nowMs += minuteMs + 1;
      return undefined;
    });
    const options = { now: () => nowMs, withinMs: minuteMs };

    expect(await maintain(laterMs, options)).toMatchObject({ isComplete: false, objectsCompacted: 2 });
    expect(await maintain(laterMs, options)).toMatchObject({ isComplete: true, objectsCompacted: 1 });
    expect(stepsOf("prediction_count")).toEqual([1, 2, 3]);
  });

  it("sends what a restore of MLflow took away, also from the table, and ends its runs then", async () => {
    const { keep, maintain, mlflow, stepsOf, store, location } = createWorkplace();
    const records = createPredictions(3);
    keep(records);
    await maintain(laterMs);
    mlflow.runs.clear();
    const fiveHoursLaterMs = laterMs + 5 * hourMs;
    expect((await maintain(fiveHoursLaterMs)).recordsSent).toBe(0);

    await requestReconciliation(location, testStartMs);
    await requestReconciliation(location, laterMs);
    const totals = store.objects.get(endedTotalsKey(""));
    expect(await maintain(fiveHoursLaterMs)).toMatchObject({
      recordsSent: 3,
      runsEnded: 1,
      isComplete: true,
    });
    expect(stepsOf("prediction_count")).toEqual([1, 2, 3]);
    expect([...mlflow.runs.values()]).toMatchObject([
      { info: { status: "FINISHED", end_time: records.at(-1)?.timestamp_ms } },
    ]);
    expect(store.objects.has(reconcileRequestKey(""))).toBe(false);
    expect(store.objects.get(endedTotalsKey(""))).toBe(totals);
    expect((await maintain(fiveHoursLaterMs)).objectsRead).toBe(0);
  });

  it("goes on the next time with what a restore took away, and ends no run before", async () => {
    const { keep, maintain, mlflow, stepsOf, location } = createWorkplace();
    const starts = [testStartMs - 2 * hourMs, testStartMs - hourMs, testStartMs];
    for (const startMs of starts) keep(createPredictions(1, createTestSession(startMs)));
    await maintain(laterMs);
    mlflow.runs.clear();
    await requestReconciliation(location, testStartMs - hourMs);
    let nowMs = laterMs;
    mlflow.interrupt(({ path }) => {
      if (path === "runs/log-batch") nowMs += minuteMs + 1;
      return undefined;
    });
    const options = { now: () => nowMs, withinMs: minuteMs };

    expect(await maintain(laterMs, options)).toMatchObject({
      recordsSent: 1,
      runsEnded: 0,
      isComplete: false,
    });
    expect(await maintain(laterMs, options)).toMatchObject({ recordsSent: 1, isComplete: true });
    expect(stepsOf("prediction_count")).toHaveLength(2);
  });

  it("says what it cannot read instead of the moment of a restore", async () => {
    const { maintain, store, log } = createWorkplace();
    store.objects.set(reconcileRequestKey(""), "yesterday");
    expect(await maintain(laterMs)).toMatchObject({ isComplete: true });
    expect(log.lines).toMatchObject([{ level: "warn", message: expect.stringContaining("since") }]);
  });

  it("counts the requests of a session that could not write its totals", async () => {
    const { keep, maintain, store } = createWorkplace();
    const session = createTestSession();
    keep([session.recordPrediction(createPredictionEvent())]);
    const last = session.recordError(createErrorEvent());
    keep([last]);
    await maintain(laterMs);

    expect(JSON.parse(store.objects.get(sessionTotalsKey("", last.session_id)) ?? "")).toEqual({
      predictions: 1,
      errors: 1,
      health_checks: 0,
      at_ms: last.timestamp_ms,
    });
  });

  it("looks back 30 days", async () => {
    const { keep, maintain } = createWorkplace();
    keep(createPredictions(1));
    expect((await maintain(testStartMs + 30 * 24 * hourMs + 10 * hourMs)).objectsRead).toBe(0);
    expect((await maintain(testStartMs + 30 * 24 * hourMs)).objectsRead).toBe(1);
  });

  it("ends the run of a session that has been silent for an hour, at the time of its last record", async () => {
    const { keep, maintain, mlflow } = createWorkplace();
    const records = createPredictions(2);
    keep(records);
    const lastMs = records.at(-1)?.timestamp_ms ?? 0;
    expect((await maintain(lastMs + hourMs)).runsEnded).toBe(0);
    expect((await maintain(lastMs + hourMs + 1)).runsEnded).toBe(1);
    expect([...mlflow.runs.values()].map(({ info }) => info)).toMatchObject([
      { status: "FINISHED", end_time: lastMs },
    ]);
  });

  it.each([
    ["silent for an hour goes on", hourMs, "RUNNING"],
    ["silent for longer is over", hourMs + 1, "FINISHED"],
  ])(
    "knows from records that MLflow refuses whether a session is silent: one %s",
    async (_name, silentMs, status) => {
      const { keep, maintain, mlflow } = createWorkplace();
      const records = createPredictions(2);
      keep(records);
      const { session_id: sessionId, timestamp_ms: lastMs } = records.at(-1) as InferenceLogRecord;
      const run = mlflow.addRun("run", testStartMs - 3 * hourMs, {
        api_session: "true",
        session_id: sessionId,
      });
      mlflow.interrupt(({ path }) =>
        path === "runs/log-batch"
          ? Response.json({ error_code: "INVALID_PARAMETER_VALUE", message: "too odd" }, { status: 400 })
          : undefined,
      );

      expect((await maintain(lastMs + silentMs)).recordsRefused).toBe(2);
      expect(run.info).toMatchObject({ status, ...(status === "FINISHED" && { end_time: lastMs }) });
    },
  );

  it("leaves a run alone that is not a session's", async () => {
    const { maintain, mlflow } = createWorkplace();
    mlflow.addRun("mine", 0);
    expect((await maintain(laterMs)).runsEnded).toBe(0);
  });

  it("compacts with tracking off, and ends silent runs without a log", async () => {
    const { keep, maintain, mlflow } = createWorkplace();
    keep(createPredictions(2));
    expect(await maintain(laterMs, { mlflow: undefined })).toMatchObject({
      isComplete: true,
      objectsCompacted: 1,
      recordsSent: 0,
    });
    expect(mlflow.calls).toEqual([]);

    const silent = ["one", "two"].map((id) => mlflow.addRun(id, testStartMs, { api_session: "true" }));
    expect(await maintain(laterMs, { location: undefined })).toMatchObject({
      isComplete: true,
      runsEnded: 2,
    });
    for (const { info } of silent) expect(info).toMatchObject({ status: "FINISHED", end_time: testStartMs });
  });

  it("stops when its time is up, and then ends no run: it does not know which sessions are silent", async () => {
    const { keep, maintain, mlflow } = createWorkplace();
    keep(createPredictions(1));
    let nowMs = laterMs;
    const report = await maintain(laterMs, { now: () => (nowMs += minuteMs), withinMs: 1 });
    expect(report).toMatchObject({ isDone: true, isComplete: false, recordsSent: 0, runsEnded: 0 });
    expect(mlflow.runs.size).toBe(0);
  });

  it("says what MLflow refused", async () => {
    const { keep, maintain, mlflow, log } = createWorkplace();
    const records = createPredictions(2);
    keep(records);
    mlflow.interrupt(({ path, body }) =>
      path === "runs/log-batch" && JSON.stringify(body).includes('"step":2')
        ? Response.json({ error_code: "INVALID_PARAMETER_VALUE", message: "too odd" }, { status: 400 })
        : undefined,
    );
    expect(await maintain(laterMs)).toMatchObject({ recordsSent: 1, recordsRefused: 1 });
    expect(log.lines).toEqual([
      {
        level: "warn",
        message: "MLflow refused a record",
        details: { record_id: records[1]?.record_id, kind: "prediction", reason: "too odd" },
      },
    ]);
  });

  it("says that MLflow fails, leaves all for the next time, and gives the lease back", async () => {
    const { keep, maintain, mlflow, logKeys } = createWorkplace();
    const key = keep(createPredictions(1));
    mlflow.interrupt(() => Response.json({ message: "down" }, { status: 503 }));
    await expect(maintain(laterMs)).rejects.toThrow(MlflowError);
    expect(logKeys()).toEqual([key]);

    mlflow.interrupt(undefined);
    expect(await maintain(laterMs)).toMatchObject({ isDone: true, isComplete: true, recordsSent: 1 });
  });

  it("ends sessions without MLflow, so that nobody reads ever more totals", async () => {
    const { maintain, mlflow, store } = createWorkplace();
    const totals = { predictions: 1, errors: 0, health_checks: 0, at_ms: testStartMs };
    store.objects.set(sessionTotalsKey("", "over"), JSON.stringify(totals));
    mlflow.interrupt(() => Response.json({ message: "down" }, { status: 503 }));

    await expect(maintain(testStartMs + 3 * hourMs)).rejects.toThrow(MlflowError);
    expect(store.objects.has(sessionTotalsKey("", "over"))).toBe(false);
    expect(JSON.parse(store.objects.get(endedTotalsKey("")) ?? "")).toMatchObject({
      totals: { predictions: 1 },
    });
  });

  it("leaves a deleted run for the next time, and says so", async () => {
    const { keep, maintain, mlflow, log } = createWorkplace();
    const records = createPredictions(1);
    keep(records);
    const sessionId = records[0]?.session_id ?? "";
    const run = mlflow.addRun("run", testStartMs, { api_session: "true", session_id: sessionId });
    mlflow.interrupt(({ path }) => {
      if (path !== "runs/log-batch") return undefined;
      run.info.lifecycle_stage = "deleted";
      return Response.json({ error_code: "INVALID_PARAMETER_VALUE" }, { status: 400 });
    });
    expect(await maintain(laterMs)).toMatchObject({ isDone: true, isComplete: false, recordsSent: 0 });
    expect(log.lines).toMatchObject([{ level: "warn", message: expect.stringContaining("deleted") }]);
  });

  it("stops between two sessions when its time is up, and keeps what is done", async () => {
    const { keep, maintain, mlflow, logKeys } = createWorkplace();
    for (let index = 0; index < 5; index += 1)
      keep(createPredictions(1, createTestSession(testStartMs + index)));
    let nowMs = laterMs;
    mlflow.interrupt(({ path }) => {
      if (path === "runs/log-batch") nowMs += 0.6 * minuteMs;
      return undefined;
    });
    const options = { now: () => nowMs, withinMs: minuteMs };

    expect(await maintain(laterMs, options)).toMatchObject({
      ...{ isComplete: false, recordsSent: 2, objectsCompacted: 2, runsEnded: 0 },
    });
    expect(logKeys()).toHaveLength(4);
    expect(await maintain(laterMs, options)).toMatchObject({ isComplete: false, recordsSent: 2 });
    expect(await maintain(laterMs, options)).toMatchObject({ isComplete: true, recordsSent: 1 });
  });

  it("throws what is not a failure of MLflow, the lease given back", async () => {
    const { keep, maintain, store } = createWorkplace();
    keep(createPredictions(1));
    const { deleteObjects } = store;
    store.deleteObjects = async () => {
      throw new Error("no S3");
    };
    await expect(maintain(laterMs)).rejects.toThrow("no S3");
    store.deleteObjects = deleteObjects;
    expect((await maintain(laterMs)).isDone).toBe(true);
  });

  it("does nothing while another job holds the lease", async () => {
    const { keep, maintain, store, mlflow } = createWorkplace();
    keep(createPredictions(1));
    const lease = { owner: "other", expires_ms: laterMs + 1 };
    store.objects.set("inference-log-maintenance.json", JSON.stringify(lease));
    expect(await maintain(laterMs)).toMatchObject({ isDone: false, isComplete: false, objectsRead: 0 });
    expect(mlflow.calls).toEqual([]);
  });

  it("holds its lease for three minutes after its time is up, when its last step may still run", async () => {
    const { maintain, store, mlflow } = createWorkplace();
    let expiresMs = 0;
    mlflow.interrupt(() => {
      expiresMs = JSON.parse(store.objects.get("inference-log-maintenance.json") ?? "").expires_ms;
      return undefined;
    });
    await maintain(laterMs, { withinMs: 10 * minuteMs });
    expect(expiresMs).toBe(laterMs + 13 * minuteMs);
  });

  it("reports what it did although it cannot give the lease back", async () => {
    const { keep, maintain, store, mlflow, log } = createWorkplace();
    keep(createPredictions(1));
    const { putObject } = store;
    mlflow.interrupt(({ path }) => {
      if (path === "runs/search") {
        store.putObject = async (bucket, key, ...rest) => {
          if (key.endsWith("maintenance.json")) throw new Error("no S3");
          return putObject(bucket, key, ...rest);
        };
      }
      return undefined;
    });

    expect(await maintain(laterMs)).toMatchObject({ isDone: true, isComplete: true, recordsSent: 1 });
    expect(log.lines).toMatchObject([
      { level: "warn", message: expect.stringContaining("lease could not be released") },
    ]);
  });
});
