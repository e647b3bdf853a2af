import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import type { ObjectStore } from "../../../shared/aws/object-store.ts";
import { parseLogKey } from "../../../shared/inference-log/log-keys.ts";
import { readLogObject } from "../../../shared/inference-log/log-object.ts";
import { readRecentPredictions, readRecords } from "../../../shared/inference-log/read-window.ts";
import { ensureExperiment } from "../../../shared/mlflow/index.ts";
import { createSessionRun } from "../../../shared/tracking/sending/mlflow-runs.ts";
import { sendRecords } from "../../../shared/tracking/sending/send-records.ts";
import {
  type MaintenanceOptions,
  maintainTracking,
} from "../../../shared/tracking/upkeep/maintain-tracking.ts";
import { useSharedStack } from "../../support/stack.ts";
import {
  createErrorEvent,
  createHealthEvent,
  createModelLoadEvent,
  createPredictionEvent,
} from "../../support/tracking-events.ts";
import {
  createWorkplace,
  metricsOf,
  oneTo,
  paramsOf,
  patienceMs,
  tagsOf,
  type Workplace,
} from "./workplace.ts";

const stack = useSharedStack();
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Runs the scheduled job's maintenance as it would run `afterMs` from now. */
function maintain(workplace: Workplace, afterMs: number, options: Partial<MaintenanceOptions> = {}) {
  const { location, mlflow, experimentName, log } = workplace;
  return maintainTracking({
    location,
    mlflow,
    experimentName,
    log,
    now: () => Date.now() + afterMs,
    ...options,
  });
}

/** Starts a session in a process of its own and returns when it waits for a signal. */
async function startSession(
  workplace: Workplace,
  { predictions, flush }: { predictions: number; flush: boolean },
) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "session-process.ts")], {
    env: {
      ...process.env,
      ...stack.env,
      SESSION_EXPERIMENT: workplace.experimentName,
      SESSION_PREFIX: workplace.location.prefix,
      SESSION_PREDICTIONS: String(predictions),
      SESSION_FLUSH: String(flush),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === "waiting") break;
  }
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  return { id: (lines[0] ?? "").replace("session ", ""), lines, end };
}

describe("a session whose process ends", () => {
  it("by SIGKILL after its answers reaches MLflow from the inference log, each metric once", async () => {
    const workplace = createWorkplace(stack);
    const session = await startSession(workplace, { predictions: 5, flush: false });
    await session.end("SIGKILL");
    expect(session.lines).toContain("answered 5");
    expect(await workplace.findRuns()).toEqual([]);

    const first = await maintain(workplace, 5 * minuteMs);
    const second = await maintain(workplace, 10 * minuteMs);

    expect(first).toMatchObject({ isDone: true, isComplete: true, recordsSent: 6, recordsRefused: 0 });
    expect(second).toMatchObject({ isDone: true, isComplete: true, recordsSent: 0 });
    const run = await workplace.findRun(session.id);
    expect(await workplace.loadSteps(run, "prediction_count")).toEqual(oneTo(5));
    expect(await workplace.loadSteps(run, "prob_normal")).toEqual(oneTo(5));
    expect(paramsOf(run).model_version).toBe("3");
    expect(tagsOf(run)).toMatchObject({ session_id: session.id, image_format: "jpeg", api_version: "1.2.3" });
    expect(run.info).toMatchObject({
      status: "RUNNING",
      run_name: expect.stringMatching(/^api_session_\d+$/),
    });
  });

  it("by SIGKILL while MLflow had a part of it gets only what is missing", async () => {
    const workplace = createWorkplace(stack);
    const session = await startSession(workplace, { predictions: 3, flush: true });
    await session.end("SIGKILL");
    const before = await workplace.loadSteps(await workplace.findRun(session.id), "prediction_count");

    const report = await maintain(workplace, 5 * minuteMs);

    expect(before).toEqual([1]);
    expect(report.recordsSent).toBe(2);
    const run = await workplace.findRun(session.id);
    expect(await workplace.loadSteps(run, "prediction_count")).toEqual(oneTo(3));
    expect(await workplace.loadSteps(run, "session_avg_confidence"), "the newest of each sending").toEqual([
      1, 3,
    ]);
  });

  it("by SIGTERM leaves a finished run with all it did", async () => {
    const workplace = createWorkplace(stack);
    const session = await startSession(workplace, { predictions: 5, flush: false });
    await session.end("SIGTERM");

    const run = await workplace.findRun(session.id);
    expect(run.info.status).toBe("FINISHED");
    expect(await workplace.loadSteps(run, "prediction_count")).toEqual(oneTo(5));
  });
});

describe("maintenance", () => {
  it("sends errors and health checks too", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker({ mlflow: undefined });
    await tracker.trackError(createErrorEvent());
    await tracker.trackHealthCheck(createHealthEvent({ healthy: false }));
    await tracker.flush({ withinMs: patienceMs });

    const report = await maintain(workplace, 5 * minuteMs);

    expect(report.recordsSent).toBe(2);
    const run = await workplace.findRun(tracker.state().session.id);
    expect(metricsOf(run)).toMatchObject({
      prediction_error_count: 1,
      health_check_error_count: 1,
      error_count: 2,
    });
  });

  it("does not set back the tags of a run when it sends what is older", async () => {
    const workplace = createWorkplace(stack);
    const { mlflow, experimentName } = workplace;
    const tracker = workplace.createTracker({ mlflow: undefined });
    const { image } = createPredictionEvent();
    const older = await tracker.trackPrediction(createPredictionEvent());
    const newer = await tracker.trackPrediction(
      createPredictionEvent({ image: { ...image, image_mode: "CMYK" } }),
    );
    const runId = await createSessionRun(mlflow, await ensureExperiment(mlflow, experimentName), newer);
    await sendRecords(mlflow, runId, [[newer]]);

    expect((await maintain(workplace, 5 * minuteMs)).recordsSent).toBe(1);

    const run = await workplace.findRun(older.session_id);
    expect((await workplace.loadSteps(run, "prediction_count")).sort()).toEqual([1, 2]);
    expect(tagsOf(run).image_mode).toBe("CMYK");
  });

  it("leaves alone what a session is about to send itself", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker();
    await tracker.trackPrediction(createPredictionEvent());

    expect(await maintain(workplace, 0)).toMatchObject({ isComplete: true, objectsRead: 0, recordsSent: 0 });
    expect(await workplace.findRuns()).toEqual([]);
  });

  it("ends the runs of sessions that were silent for an hour, and no other", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker();
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush({ withinMs: patienceMs });
    const { id } = tracker.state().session;

    expect((await maintain(workplace, 59 * minuteMs)).runsEnded).toBe(0);
    expect((await workplace.findRun(id)).info.status).toBe("RUNNING");

    expect((await maintain(workplace, 61 * minuteMs)).runsEnded).toBe(1);
    const run = await workplace.findRun(id);
    const [last] = await workplace.loadHistory(run, "prediction_count");
    expect(run.info).toMatchObject({ status: "FINISHED", end_time: last?.timestamp });

    const dayMs = 24 * 60 * minuteMs;
    const options = { runRetentionDays: 30 };
    expect((await maintain(workplace, 29 * dayMs, options)).runsDeleted).toBe(0);
    expect((await maintain(workplace, 31 * dayMs)).runsDeleted).toBe(0);
    expect((await maintain(workplace, 31 * dayMs, options)).runsDeleted).toBe(1);
    expect(await workplace.findRuns()).toEqual([]);
  });

  it("ends silent runs where there is no inference log", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker({ inferenceLog: undefined });
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush({ withinMs: patienceMs });

    const report = await maintain(workplace, 61 * minuteMs, { location: undefined });

    expect(report).toMatchObject({ isDone: true, isComplete: true, runsEnded: 1 });
  });

  it("is done by one of two jobs at once, and nothing is there twice", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker({ mlflow: undefined });
    for (let index = 0; index < 10; index += 1) await tracker.trackPrediction(createPredictionEvent());

    const reports = await Promise.all([maintain(workplace, 2 * hourMs), maintain(workplace, 2 * hourMs)]);

    expect(reports.map((report) => report.isDone).sort()).toEqual([false, true]);
    const run = await workplace.findRun(tracker.state().session.id);
    expect(await workplace.loadSteps(run, "prediction_count")).toEqual(oneTo(10));
    expect(await workplace.readLog()).toHaveLength(10);
  });

  it("makes one object of an hour's answers, once the hour is closed and in MLflow", async () => {
    const workplace = createWorkplace(stack);
    const { location } = workplace;
    const tracker = workplace.createTracker();
    for (let index = 0; index < 12; index += 1) await tracker.trackPrediction(createPredictionEvent());
    await tracker.trackHealthCheck(createHealthEvent());
    await tracker.flush({ withinMs: patienceMs });
    const records = await workplace.readLog();

    await maintain(workplace, 5 * minuteMs);
    expect(await workplace.readLog()).toEqual(records);

    const report = await maintain(workplace, 2 * hourMs);
    const keys = await workplace.listKeys();
    expect(report.objectsCompacted).toBeGreaterThanOrEqual(12);
    expect(keys.map((key) => parseLogKey(key)?.compacted)).toEqual(keys.map(() => true));
    // Health checks have a file of their own, and there are twice as many if the test ran over the end of an hour.
    expect(keys.length).toBeLessThanOrEqual(4);
    expect(await workplace.readLog()).toEqual(records);

    const nowMs = Date.now() + 2 * hourMs;
    const recent = await readRecentPredictions(location, { limit: 5, nowMs });
    const all = await readRecords(location, { sinceMs: nowMs - 4 * hourMs, nowMs });
    expect(recent.records.map((record) => record.step)).toEqual([8, 9, 10, 11, 12]);
    expect(all.records).toHaveLength(12);
  });

  it("does not compact what MLflow has not got", async () => {
    const workplace = createWorkplace(stack);
    const tracker = workplace.createTracker({ mlflow: undefined });
    await tracker.trackPrediction(createPredictionEvent());
    const unreachable = createWorkplace({ ...stack, mlflowUrl: "http://127.0.0.1:9" });

    await expect(maintain(workplace, 2 * hourMs, { mlflow: unreachable.mlflow })).rejects.toMatchObject({
      errorCode: "CONNECTION_FAILED",
    });
    expect((await workplace.listKeys()).map((key) => parseLogKey(key)?.compacted)).toEqual([false]);
    expect(await maintain(workplace, 2 * hourMs)).toMatchObject({ isComplete: true, recordsSent: 1 });
  });

  const steps: [string, (store: ObjectStore) => Partial<ObjectStore>][] = [
    [
      "before the table's file is written",
      ({ putObject }) => ({
        async putObject(bucket, key, ...rest) {
          return key.includes("/table/") ? cutOff() : putObject(bucket, key, ...rest);
        },
      }),
    ],
    [
      "after it is written",
      ({ putObject }) => ({
        async putObject(bucket, key, ...rest) {
          const etag = await putObject(bucket, key, ...rest);
          return key.includes("/table/") ? cutOff() : etag;
        },
      }),
    ],
    ["before the small ones are deleted", () => ({ deleteObjects: cutOff })],
    [
      "while they are deleted",
      ({ deleteObjects }) => ({
        async deleteObjects(bucket, keys) {
          await deleteObjects(bucket, keys.slice(0, 2));
          return cutOff();
        },
      }),
    ],
  ];

  it.each(steps)("loses no record when it is cut off %s", async (_name, breakStore) => {
    const workplace = createWorkplace(stack);
    const { location } = workplace;
    const tracker = workplace.createTracker();
    await tracker.trackModelLoad(createModelLoadEvent());
    for (let index = 0; index < 6; index += 1) await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush({ withinMs: patienceMs });
    const ids = (await workplace.readLog()).map((record) => record.record_id).sort();
    const readIds = async () => {
      const nowMs = Date.now() + 2 * hourMs;
      const { records } = await readRecords(location, { sinceMs: nowMs - 4 * hourMs, nowMs });
      return records.map((record) => record.record_id).sort();
    };

    const broken = { ...location, store: { ...location.store, ...breakStore(location.store) } };
    await expect(maintain(workplace, 2 * hourMs, { location: broken })).rejects.toThrow("cut off");
    expect(await readIds()).toEqual(ids);

    // The first job was killed: its lease ends by itself.
    await maintain(workplace, 3 * hourMs);
    expect(await readIds()).toEqual(ids);
    expect((await workplace.listKeys()).every((key) => parseLogKey(key)?.compacted)).toBe(true);
  });

  it("keeps broken lines and tells how many there are", async () => {
    const workplace = createWorkplace(stack);
    const { store, bucket } = workplace.location;
    const tracker = workplace.createTracker();
    await tracker.trackPrediction(createPredictionEvent());
    const [key = ""] = await workplace.listKeys();
    const object = await store.getObject(bucket, key);
    await store.putObject(
      bucket,
      key,
      `${Buffer.from(object?.bytes ?? []).toString()}{"kind":"prediction"\n`,
    );

    const report = await maintain(workplace, 2 * hourMs);

    expect(report).toMatchObject({ brokenLines: 1, recordsSent: 1, objectsCompacted: 1 });
    const [compactedKey = ""] = await workplace.listKeys();
    const lines = await readLogObject(workplace.location, compactedKey);
    expect(lines?.map(({ text }) => text)).toContain('{"kind":"prediction"');
  });
});

function cutOff(): Promise<never> {
  return Promise.reject(new Error("cut off"));
}
