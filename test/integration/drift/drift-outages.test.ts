import { beforeAll, describe, expect, it } from "vitest";
import { useOwnStack } from "../../support/stack.ts";
import { createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace, metricsOf, type Workplace } from "../tracking/workplace.ts";
import { invokeDriftFunction } from "./run-handler.ts";

const stack = useOwnStack();

function environmentOf(workplace: Workplace): Record<string, string> {
  return {
    ...stack().env,
    MLFLOW_EXPERIMENT_NAME: workplace.experimentName,
    INFERENCE_LOG_PREFIX: workplace.location.prefix,
  };
}

async function trackPredictions(workplace: Workplace, count: number): Promise<string> {
  const tracker = workplace.createTracker();
  for (let index = 0; index < count; index += 1) {
    await tracker.trackPrediction(createPredictionEvent({ confidence: 50 }));
  }
  await tracker.close();
  return tracker.state().session.id;
}

const failedParts = (outcome: Record<string, unknown>) =>
  (outcome.parts as { name: string; succeeded: boolean }[])
    .filter((part) => !part.succeeded)
    .map((part) => part.name);

/** Runs the function while S3 is stopped. */
async function invokeWithoutS3(workplace: Workplace) {
  await stack().s3.stop();
  try {
    return await invokeDriftFunction(environmentOf(workplace));
  } finally {
    await stack().s3.start();
  }
}

describe("with S3 stopped", () => {
  it("says that nothing could be read, gives no verdict and throws nothing", async () => {
    const { outcome, metricLines } = await invokeWithoutS3(createWorkplace(stack()));

    expect(outcome.verdict).toBeUndefined();
    expect(failedParts(outcome)).toEqual(["read_predictions", "maintain_inference_log"]);
    expect(metricLines).toHaveLength(1);
    expect(metricLines[0]).toMatchObject({ drift_job_failed_parts: 2 });
  });
});

describe("with MLflow stopped", () => {
  beforeAll(() => stack().mlflow.stop());

  it("keeps the report in S3, emits the metrics, says what failed and throws nothing", async () => {
    const workplace = createWorkplace(stack());
    await trackPredictions(workplace, 60);

    const { outcome, metricLines, logLines } = await invokeDriftFunction(environmentOf(workplace));

    expect(outcome).toMatchObject({ verdict: "insufficient_data" });
    expect(failedParts(outcome)).toEqual(["find_reference", "track_report", "maintain_inference_log"]);
    const address = (outcome.addresses as string[]).find((candidate) => candidate.endsWith(".html"));
    const key = address?.replace(`s3://${stack().inferenceLogBucket}/`, "") ?? "";
    const kept = await workplace.location.store.getObject(stack().inferenceLogBucket, key);
    expect(new TextDecoder().decode(kept?.bytes)).toMatch(/<h1>Not judged: the reference/);
    expect(metricLines[0]).toMatchObject({ recent_prediction_count: 60 });
    expect(metricLines[0]).not.toHaveProperty("drift_detected");
    expect(metricLines[1]).toMatchObject({ drift_job_failed_parts: 3 });
    expect(logLines).toContainEqual(expect.objectContaining({ level: "ERROR", part: "track_report" }));
  });

  it("throws nothing with S3 stopped too", async () => {
    const { outcome } = await invokeWithoutS3(createWorkplace(stack()));
    expect(failedParts(outcome)).toEqual(["read_predictions", "maintain_inference_log"]);
  });

  it("sends what MLflow missed once it is back", async () => {
    const workplace = createWorkplace(stack());
    const sessionId = await trackPredictions(workplace, 3);
    await stack().mlflow.start();

    // The job leaves records of the last minutes to the sessions themselves: it runs as if ten minutes had passed.
    const { outcome } = await invokeDriftFunction({
      ...environmentOf(workplace),
      TEST_CLOCK_AHEAD_MS: "600000",
    });

    expect(failedParts(outcome)).toEqual([]);
    expect(metricsOf(await workplace.findRun(sessionId))).toMatchObject({ prediction_count: 3 });
  });
});
