import { expect, test } from "vitest";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { createReconciler } from "../../../shared/tracking/reconcile.ts";
import { createMemoryMlflow } from "../../support/memory-mlflow.ts";
import { createHealthEvent, createPredictionEvent } from "../../support/tracking-events.ts";
import { createTestSession } from "./test-session.ts";

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
    createReconciler({ client, experimentId: "7", aggregateAbovePerMinute: 100 }).reconcile(some);

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
