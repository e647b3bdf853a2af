import { afterAll, describe, expect, it } from "vitest";
import type { Tracker } from "../../../shared/tracking/tracker.ts";
import { useOwnStack } from "../../support/stack.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace, oneTo, type Workplace } from "./workplace.ts";

const stack = useOwnStack();
const trackers: Tracker[] = [];
afterAll(async () => {
  await Promise.all(trackers.map((tracker) => tracker.close()));
});

function createTracker(workplace: Workplace): Tracker {
  const tracker = workplace.createTracker();
  trackers.push(tracker);
  return tracker;
}

async function track(tracker: Tracker, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush();
  }
}

/** Flushes until nothing waits, as later answers would. */
async function flushAll(tracker: Tracker): Promise<void> {
  const pending = async () => {
    await tracker.flush();
    const { mlflow, inference_log: inferenceLog } = tracker.state();
    return mlflow.pending + inferenceLog.pending;
  };
  await expect.poll(pending, { timeout: 45_000, interval: 200 }).toBe(0);
}

const warningsOf = (workplace: Workplace) =>
  workplace.log.lines.filter(({ level }) => level === "warn").map(({ message }) => message);

async function expectEachOnce(workplace: Workplace, tracker: Tracker, count: number): Promise<void> {
  const run = await workplace.findRun(tracker.state().session.id);
  for (const key of ["prediction_count", "prediction_confidence", "prob_normal", "class_dist_normal"]) {
    expect(await workplace.loadSteps(run, key)).toEqual(oneTo(count));
  }
  const steps = (await workplace.readLog()).map((record) => record.step).sort((a, b) => a - b);
  expect(steps).toEqual(oneTo(count));
}

describe("when a server is away", () => {
  it("MLflow: answers go on, and everything is there once when it is back", async () => {
    const workplace = createWorkplace(stack());
    const tracker = createTracker(workplace);
    await track(tracker, 3);
    await stack().mlflow.stop();

    await track(tracker, 10);
    expect(tracker.state()).toMatchObject({
      mlflow: { status: "unreachable", pending: 10, lastError: expect.stringContaining("MLflow") },
      inference_log: { status: "reachable", pending: 0 },
    });
    expect(await workplace.readLog()).toHaveLength(13);
    expect(warningsOf(workplace)).toEqual(["MLflow cannot be written; records wait"]);

    await stack().mlflow.start();
    await flushAll(tracker);
    await expectEachOnce(workplace, tracker, 13);
  });

  it("MLflow from the beginning: the run is made when it is back", async () => {
    await stack().mlflow.stop();
    const workplace = createWorkplace(stack());
    const tracker = createTracker(workplace);
    await track(tracker, 4);
    await stack().mlflow.start();

    await flushAll(tracker);
    await expectEachOnce(workplace, tracker, 4);
  });

  it("S3: one answer waits a little, the others not at all, and the log is whole when it is back", async () => {
    const workplace = createWorkplace(stack());
    const tracker = createTracker(workplace);
    await track(tracker, 2);
    await stack().s3.stop();

    await track(tracker, 10);
    expect(tracker.state()).toMatchObject({
      mlflow: { status: "reachable", pending: 0 },
      inference_log: {
        status: "unreachable",
        pending: 10,
        dropped: 0,
        lastError: expect.stringContaining("S3"),
      },
    });
    expect(warningsOf(workplace)).toEqual(["The inference log cannot be written; records wait in memory"]);

    await stack().s3.start();
    await flushAll(tracker);
    expect(tracker.state().inference_log).toEqual({ status: "reachable", pending: 0, dropped: 0 });
    await expectEachOnce(workplace, tracker, 12);
  });

  it("both: answers go on, and both are whole when they are back", async () => {
    const workplace = createWorkplace(stack());
    const tracker = createTracker(workplace);
    await track(tracker, 2);
    await stack().mlflow.stop();
    await stack().s3.stop();

    await track(tracker, 10);
    expect(tracker.state()).toMatchObject({
      mlflow: { status: "unreachable", pending: 10 },
      inference_log: { status: "unreachable", pending: 10 },
    });

    await stack().s3.start();
    await stack().mlflow.start();
    await flushAll(tracker);
    await expectEachOnce(workplace, tracker, 12);
  });

  it("both when the process ends: it ends", async () => {
    const workplace = createWorkplace(stack());
    const tracker = createTracker(workplace);
    await track(tracker, 1);
    await stack().mlflow.stop();
    await stack().s3.stop();
    await track(tracker, 1);

    await tracker.close();

    await stack().s3.start();
    await stack().mlflow.start();
    expect(tracker.state().mlflow.pending).toBe(1);
  });
});
