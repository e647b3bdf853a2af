import { describe, expect, it, test } from "vitest";
import { computeMetrics, type MetricsWindow } from "../../../../functions/metrics/compute-metrics.ts";
import type { InferenceLogRecord } from "../../../../shared/schemas/inference-record.ts";
import {
  createPredictionRecord,
  createPredictionRecords,
  defaultDriftSettings,
  windowStartMs,
} from "../../../support/prediction-records.ts";

const { kind: _kind, prediction_id: _id, ...base } = createPredictionRecord(0);
const errorRecord = (timestamp_ms: number): InferenceLogRecord => ({
  ...base,
  kind: "error",
  timestamp_ms,
  error: "invalid_image",
  detail: "Expected an image",
  status: 400,
  error_time_ms: 2,
});
const healthRecord = (timestamp_ms: number): InferenceLogRecord => ({
  ...base,
  kind: "health_check",
  timestamp_ms,
  healthy: true,
  model_loaded: true,
  response_time_ms: 5,
});
const modelLoadRecord = (timestamp_ms: number): InferenceLogRecord => ({
  ...base,
  kind: "model_load",
  timestamp_ms,
  success: true,
  reason: "",
  load_time_seconds: 0.2,
  first: true,
  class_names: ["cataract", "normal"],
});

const windowOf = (records: InferenceLogRecord[], toMs: number): MetricsWindow => ({
  records,
  fromMs: toMs - 86_400_000,
  toMs,
  complete: true,
});

const totalsOf = (records: InferenceLogRecord[]) => ({
  predictions: records.filter(({ kind }) => kind === "prediction").length,
  errors: records.filter(({ kind }) => kind === "error").length,
  health_checks: records.filter(({ kind }) => kind === "health_check").length,
});

const metricsOf = (records: InferenceLogRecord[], toMs = windowStartMs + 100_000) =>
  computeMetrics({
    totals: totalsOf(records),
    window: windowOf(records, toMs),
    recentPredictions: records.filter((record) => record.kind === "prediction"),
    drift: defaultDriftSettings,
    uptimeSeconds: 12,
  });

describe("the totals", () => {
  it("count requests of every kind; rates and mean time leave out model loads and health checks", () => {
    const metrics = metricsOf([
      createPredictionRecord(0, { timestamp_ms: windowStartMs }),
      createPredictionRecord(1, { timestamp_ms: windowStartMs + 10_000 }),
      errorRecord(windowStartMs + 20_000),
      healthRecord(windowStartMs + 30_000),
      modelLoadRecord(windowStartMs - 500_000),
    ]);
    expect(metrics).toMatchObject({
      uptime_seconds: 12,
      total_requests: 4,
      total_predictions: 2,
      total_errors: 1,
      average_response_time_ms: (8 + 8 + 2) / 3,
      error_rate: (1 / 3) * 100,
      requests_per_second: 3 / 100,
    });
  });

  it("are zero without requests, and never NaN", () => {
    const metrics = metricsOf([modelLoadRecord(windowStartMs)]);
    expect(metrics).toMatchObject({
      total_requests: 0,
      average_response_time_ms: null,
      requests_per_second: 0,
      error_rate: 0,
      session_name: null,
      session_total_predictions: 0,
      recent_avg_confidence: null,
      drift_detected: 0,
      drift_verdict: "insufficient_data",
    });
  });

  it("count a burst over a second at least", () => {
    expect(metricsOf([createPredictionRecord(0)], windowStartMs)).toMatchObject({ requests_per_second: 1 });
  });

  it("say what they cover", () => {
    expect(metricsOf(createPredictionRecords(10)).window).toEqual({
      from: "2026-11-24T08:01:40.000Z",
      to: "2026-11-25T08:01:40.000Z",
      complete: true,
      session_count: 2,
    });
  });
});

describe("decisions", () => {
  const decided = (decision: "confident" | "uncertain" | "ungradable", step: number) =>
    createPredictionRecord(step, { decision });
  const refusedUngradable = { ...errorRecord(windowStartMs), error: "ungradable_photograph", status: 422 };

  it("are counted, and a photograph that was refused as ungradable is one", () => {
    const { decision: _, ...old } = createPredictionRecord(9);
    const records = [
      decided("confident", 0),
      decided("ungradable", 1),
      decided("ungradable", 2),
      decided("uncertain", 3),
      old,
      refusedUngradable,
      errorRecord(windowStartMs),
    ];
    expect(metricsOf(records)).toMatchObject({
      window_decisions_confident: 1,
      window_decisions_uncertain: 1,
      window_decisions_ungradable: 3,
      recent_decision_ratio_confident: 0.2,
      recent_decision_ratio_uncertain: 0.2,
      recent_decision_ratio_ungradable: 0.6,
    });
  });

  it("have no shares in a log of before there were any", () => {
    const { decision: _, ...old } = createPredictionRecord(0);
    expect(metricsOf([old])).not.toHaveProperty("recent_decision_ratio_confident");
  });
});

describe("the session figures", () => {
  it("are those of the session that made the newest prediction", () => {
    const totals = {
      predictions: 500,
      errors: 1,
      health_checks: 0,
      health_check_errors: 0,
      inference_time_ms: 4500,
      confidence: 40_000,
      class_counts: { normal: 400, glaucoma: 100 },
    };
    const records = [
      ...createPredictionRecords(3),
      createPredictionRecord(9, { session_name: "api_session_9", session_totals: totals }),
      createPredictionRecord(4),
    ];
    expect(metricsOf(records)).toMatchObject({
      session_name: "api_session_9",
      session_total_predictions: 500,
      session_avg_inference_time_ms: 9,
      session_avg_confidence: 80,
      class_dist_normal: 0.8,
      class_dist_glaucoma: 0.2,
    });
  });
});

test("a day of 200,000 records has its figures, too", () => {
  const toMs = windowStartMs + 100_000;
  const records = Array.from({ length: 200_000 }, (_, index) => errorRecord(windowStartMs + (index % 1_000)));
  expect(metricsOf(records, toMs)).toMatchObject({ total_requests: 200_000, requests_per_second: 2_000 });
});

describe("the recent figures", () => {
  it("are those that drift is judged by", () => {
    const records = createPredictionRecords(60, () => ({ confidence: 40, predicted_class: "normal" }));
    expect(metricsOf(records)).toMatchObject({
      recent_prediction_count: 60,
      recent_avg_confidence: 40,
      recent_std_confidence: 0,
      recent_low_confidence_ratio: 1,
      recent_avg_inference_time_ms: 8,
      recent_class_ratio_normal: 1,
      drift_detected: 1,
      drift_indicator_count: 3,
      drift_verdict: "drift",
    });
  });
});

test("photographs that were refused as ungradable since the oldest of the recent predictions count for drift", () => {
  const usual = createPredictionRecords(60, () => ({ decision: "confident" }));
  const refused = (at: number) => ({ ...errorRecord(windowStartMs + at), error: "ungradable_photograph" });
  const later = Array.from({ length: 150 }, (_, at) => refused(60 * 60_000 + at) as InferenceLogRecord);
  const earlier = Array.from({ length: 150 }, (_, at) => refused(-1 - at) as InferenceLogRecord);
  const verdictOf = (records: InferenceLogRecord[]) =>
    metricsOf([...usual, ...records], windowStartMs + 70 * 60_000).drift_verdict;
  expect(verdictOf(later)).toBe("drift");
  expect(verdictOf(earlier)).toBe("ok");
});
