import { expect, it, vi } from "vitest";
import { keepVersionReference } from "../../../shared/drift-reference/version-reference.ts";
import { type Metrics, metricsSchema } from "../../../shared/schemas/metrics.ts";
import { createHttpEvent, createLambdaContext } from "../../support/http-events.ts";
import { useSharedStack } from "../../support/stack.ts";
import { createErrorEvent, createHealthEvent, createPredictionEvent } from "../../support/tracking-events.ts";
import { createWorkplace, type Workplace } from "../tracking/workplace.ts";

const stack = useSharedStack();

/** A fresh environment of the metrics function, with the settings of a workplace. */
async function startMetricsFunction(workplace: Workplace, settings: Record<string, string> = {}) {
  Object.assign(process.env, {
    ...stack.env,
    INFERENCE_LOG_PREFIX: workplace.location.prefix,
    LOG_LEVEL: "CRITICAL",
    ...settings,
  });
  vi.resetModules();
  const { handler } = await import("../../../functions/metrics/handler.ts");
  return () => handler(createHttpEvent({ method: "GET", path: "/metrics" }), createLambdaContext());
}

async function readMetrics(workplace: Workplace): Promise<Metrics> {
  const response = await (await startMetricsFunction(workplace))();
  expect(response.statusCode).toBe(200);
  return metricsSchema.parse(JSON.parse(response.body));
}

it("sums over all sessions what they wrote to the log", async () => {
  const workplace = createWorkplace(stack);
  const sessions = [workplace.createTracker(), workplace.createTracker()];
  for (let index = 0; index < 60; index += 1) {
    const predicted_class = index < 45 ? "normal" : "glaucoma";
    await sessions[index % 2]?.trackPrediction(createPredictionEvent({ predicted_class, confidence: 80 }));
  }
  for (let index = 0; index < 20; index += 1) await sessions[0]?.trackError(createErrorEvent());
  await sessions[1]?.trackHealthCheck(createHealthEvent());
  await Promise.all(sessions.map((session) => session.close()));
  // As the drift job notes of a version without a reference window.
  await keepVersionReference(workplace.location, { name: "eye-disease-model", version: "3" }, "");

  expect(await readMetrics(workplace)).toMatchObject({
    uptime_seconds: expect.any(Number),
    total_requests: 81,
    total_predictions: 60,
    total_errors: 20,
    average_response_time_ms: expect.closeTo((60 * 8 + 20 * 3) / 80, 9),
    requests_per_second: expect.any(Number),
    error_rate: 25,
    session_name: sessions[1]?.state().session.name,
    session_total_predictions: 30,
    session_avg_inference_time_ms: 8,
    session_avg_confidence: 80,
    class_dist_normal: expect.closeTo(22 / 30, 9),
    recent_prediction_count: 60,
    recent_avg_confidence: 80,
    recent_class_ratio_normal: 0.75,
    drift_detected: 0,
    drift_verdict: "ok",
    window: { complete: true, session_count: 2 },
  });
});

it("answers with zeros and nulls before the first prediction", async () => {
  expect(await readMetrics(createWorkplace(stack))).toMatchObject({
    total_requests: 0,
    average_response_time_ms: null,
    error_rate: 0,
    recent_avg_confidence: null,
    drift_verdict: "insufficient_data",
  });
});

it("answers 503 in words while S3 cannot be reached, and 503 without a log", async () => {
  const workplace = createWorkplace(stack);
  for (const settings of [{ AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9" }, { INFERENCE_LOG_BUCKET: "" }]) {
    const response = await (await startMetricsFunction(workplace, settings))();
    expect(response.statusCode).toBe(503);
    expect(JSON.parse(response.body)).toEqual({
      error: "metrics_unavailable",
      detail: "The inference log cannot be read at the moment.",
    });
  }
});
