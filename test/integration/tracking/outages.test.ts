import { afterAll, describe, expect, it } from "vitest";
import type { Tracker } from "../../../shared/tracking/tracker.ts";
import { useOwnStack } from "../../support/stack.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace, oneTo, patienceMs, type Workplace } from "./workplace.ts";

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

/** As on Lambda. With patience a flush would wait for every pause of the log, too. */
const withoutS3 = { withinMs: 5_000 };

async function track(
  tracker: Tracker,
  count: number,
  limit: { withinMs: number } = { withinMs: patienceMs },
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await tracker.trackPrediction(createPredictionEvent());
    await tracker.flush(limit);
  }
}

/** Flushes until nothing waits, as later answers would. */
async function flushAll(tracker: Tracker): Promise<void> {
  const pending = async () => {
    await tracker.flush({ withinMs: patienceMs });
    const { mlflow, inference_log: inferenceLog } = tracker.state();
    return mlflow.pending + inferenceLog.pending;
  };
  await expect.poll(pending, { timeout: 120_000, interval: 200 }).toBe(0);
}

const warningsOf = (workplace: Workplace) =>
  workplace.log.lines.filter(({ level }) => level === "warn").map(({ message }) => message);

async function expectEachOnce(workplace: Workplace, tracker: Tracker, count: number): Promise<void> {
  const run = await workplace.findRun(tracker.state().session.id);
  for (const key of ["prediction_count", "prediction_confidence", "prob_normal"]) {
    expect(await workplace.loadSteps(run, key)).toEqual(oneTo(count));
  }
  expect((await workplace.loadSteps(run, "class_dist_normal")).at(-1)).toBe(count);
  const { session } = tracker.state();
  const records = (await workplace.readLog()).filter((record) => record.session_id === session.id);
  const steps = records.map((record) => record.step).sort((a, b) => a - b);
  expect(steps).toEqual(oneTo(count));
}

describe("when a server is away", { timeout: 180_000 }, () => {
  it("MLflow: answers go on, and everything is there once when it is back", async () => {
    const workplace = createWorkplace(stack());
    const tracker = createTracker(workplace);
    await track(tracker, 3);
    await stack().mlflow.stop();
    const begunLater = createTracker(workplace);

    await track(tracker, 10);
    await track(begunLater, 4);
    expect(tracker.state()).toMatchObject({
      mlflow: { status: "unreachable", pending: 10, lastError: expect.stringContaining("MLflow") },
      inference_log: { status: "reachable", pending: 0 },
    });
    expect(await workplace.readLog()).toHaveLength(17);
    expect(warningsOf(workplace)).toEqual(Array(2).fill("MLflow cannot be written; records wait"));

    await stack().mlflow.start();
    await flushAll(tracker);
    await flushAll(begunLater);
    await expectEachOnce(workplace, tracker, 13);
    await expectEachOnce(workplace, begunLater, 4);
  });

  it("S3: one answer waits a little, the others not at all, and the log is whole when it is back", async () => {
    const workplace = createWorkplace(stack());
    const tracker = createTracker(workplace);
    await track(tracker, 2);
    await stack().s3.stop();

    await track(tracker, 10, withoutS3);
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

    await track(tracker, 10, withoutS3);
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
    await track(tracker, 1, withoutS3);

    await tracker.close();

    expect(tracker.state().mlflow.pending).toBe(1);
  });
});
