import { expect, it, vi } from "vitest";
import { healthSchema } from "../../../shared/schemas/health.ts";
import { metricsSchema } from "../../../shared/schemas/metrics.ts";
import { useOfflineServer } from "../../support/service.ts";
import { useSharedStack } from "../../support/stack.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace, metricsOf } from "../tracking/workplace.ts";

const stack = useSharedStack();
const workplace = createWorkplace(stack);
const predictions = 60;

const server = useOfflineServer(async () => {
  const tracker = workplace.createTracker();
  for (let index = 0; index < predictions; index += 1) {
    await tracker.trackPrediction(createPredictionEvent({ confidence: 50 }));
  }
  await tracker.close();
  return {
    environment: {
      ...stack.env,
      MLFLOW_EXPERIMENT_NAME: workplace.experimentName,
      INFERENCE_LOG_PREFIX: workplace.location.prefix,
      DRIFT_RATE: "rate(1 minute)",
    },
  };
});

it("answers /health and /metrics over HTTP", async () => {
  const health = await fetch(`${server().address}/health`);
  expect(healthSchema.parse(await health.json()).dependencies).toMatchObject({
    mlflow: { status: "reachable" },
    s3: { status: "reachable" },
  });
  const metrics = await fetch(`${server().address}/metrics`);
  expect(metrics.status).toBe(200);
  expect(metricsSchema.parse(await metrics.json())).toMatchObject({
    recent_prediction_count: predictions,
  });
});

it("fires from serverless.yml's schedule", { timeout: 180_000 }, async () => {
  await vi.waitFor(
    () => {
      expect(server().logLines()).toContainEqual(
        expect.objectContaining({ drift_detected: 1, recent_prediction_count: predictions }),
      );
      expect(server().logLines()).toContainEqual(
        expect.objectContaining({ message: "Scheduled job finished", job: "drift" }),
      );
    },
    { timeout: 150_000, interval: 1_000 },
  );
  const run = (await workplace.findRuns()).find(({ info }) => info.run_name?.startsWith("drift_report_"));
  expect(run && metricsOf(run)).toMatchObject({ drift_detected: 1 });
  // The figures are kept for some seconds, perhaps from before the job looked for a reference.
  await vi.waitFor(
    async () => {
      const metrics = metricsSchema.parse(await (await fetch(`${server().address}/metrics`)).json());
      expect(metrics).toMatchObject({ recent_prediction_count: predictions, drift_detected: 1 });
    },
    { timeout: 30_000, interval: 1_000 },
  );
});
