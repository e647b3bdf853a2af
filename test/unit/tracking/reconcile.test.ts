import { expect, test } from "vitest";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { createReconciler } from "../../../shared/tracking/reconcile.ts";
import { createHealthEvent } from "../../support/tracking-events.ts";
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
