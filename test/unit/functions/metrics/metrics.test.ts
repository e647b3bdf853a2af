import { describe, expect, it } from "vitest";
import { createMetrics, type MetricsDependencies } from "../../../../functions/metrics/metrics.ts";
import type { HttpRequest } from "../../../../shared/http/http-message.ts";
import type { InferenceLogRecord, PredictionRecord } from "../../../../shared/schemas/inference-record.ts";
import { metricsSchema } from "../../../../shared/schemas/metrics.ts";
import {
  createPredictionRecord,
  createPredictionRecords,
  defaultDriftSettings,
  windowStartMs,
} from "../../../support/prediction-records.ts";

function prepare(overrides: Partial<MetricsDependencies> = {}) {
  const clock = { nowMs: windowStartMs + 7_200_000 };
  const calls: unknown[] = [];
  const records = createPredictionRecords(60);
  const route = createMetrics({
    drift: defaultDriftSettings,
    readRecords: async (period) => {
      calls.push(period);
      return { records, isComplete: true };
    },
    computeTotals: async (recent) => ({ predictions: recent.length / 2, errors: 0, health_checks: 0 }),
    readRecentPredictions: async (options) => {
      calls.push(options);
      return { records };
    },
    findReference: async () => ({ isUnread: false }),
    uptimeSeconds: () => 33,
    now: () => clock.nowMs,
    ...overrides,
  });
  const answer = async (accept = "*/*") =>
    route({ event: { headers: { accept } } } as unknown as HttpRequest);
  return { answer, calls, clock, records };
}

describe("GET /metrics", () => {
  it("answers Prometheus in its own format, from the same reading", async () => {
    const { answer, calls } = prepare();
    const prometheus =
      "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1";
    const text = await answer(prometheus);
    expect(text.headers).toMatchObject({
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      vary: "accept",
    });
    expect(text.body).toMatch(/^fundus_total_predictions \d+$/m);
    expect((await answer()).headers).toMatchObject({ vary: "accept" });
    expect(calls).toHaveLength(2);
  });

  it("reads a day and the drift window, and answers with the contract's names", async () => {
    const { answer, calls, clock } = prepare();
    const response = await answer();
    expect(response.statusCode).toBe(200);
    expect(metricsSchema.parse(JSON.parse(response.body))).toMatchObject({
      uptime_seconds: 33,
      total_requests: 60,
      total_predictions: 60,
      recent_prediction_count: 60,
      window: { from: "2026-11-24T10:00:00.000Z", to: "2026-11-25T10:00:00.000Z", complete: true },
    });
    expect(calls).toEqual([
      { sinceMs: clock.nowMs - 86_400_000, nowMs: clock.nowMs },
      { limit: 100, nowMs: clock.nowMs },
    ]);
  });

  it("knows the photographs that were refused since the first of the recent predictions, also days ago", async () => {
    const { kind: _, prediction_id: _id, ...base } = createPredictionRecord(0);
    const refused = Array.from({ length: 150 }, (_, at) => ({
      ...{
        ...base,
        kind: "error",
        record_id: `refused-${at}`,
        timestamp_ms: windowStartMs + 60 * 60_000 + at,
      },
      ...{ error: "ungradable_photograph", detail: "", status: 422, error_time_ms: 2 },
    })) as InferenceLogRecord[];
    const { answer, clock, records } = prepare({
      readRecords: async ({ sinceMs, nowMs }) => ({
        records: refused.filter(({ timestamp_ms: ms }) => ms >= sinceMs && ms < nowMs),
        isComplete: true,
      }),
      readRecentPredictions: async () => ({
        records: records.map((record) => ({ ...record, decision: "confident" })),
      }),
    });
    clock.nowMs += 2 * 86_400_000;
    expect(JSON.parse((await answer()).body)).toMatchObject({
      drift_verdict: "drift",
      recent_decision_ratio_ungradable: 150 / 210,
      window_decisions_ungradable: 0,
    });
  });

  it("judges beside the reference of the version that serves, not of an A/B test's challenger", async () => {
    const asked: unknown[] = [];
    const [first, last] = createPredictionRecords(2);
    const challengers = {
      ...last,
      model: { ...last?.model, version: "7" },
      experiment: { arm: "challenger", challenger_version: "7", share: 0.5, unit: "1" },
    };
    const { answer } = prepare({
      readRecentPredictions: async () => ({ records: [first, challengers] as PredictionRecord[] }),
      findReference: async (version) => {
        asked.push(version);
        return { isUnread: false };
      },
    });
    await answer();
    expect(asked).toEqual(["eye-disease-model/3"]);
  });

  it("reads once for all who ask within five seconds", async () => {
    const { answer, calls, clock } = prepare();
    await Promise.all([answer(), answer()]);
    clock.nowMs += 4_999;
    await answer();
    expect(calls).toHaveLength(2);
    clock.nowMs += 1;
    await answer();
    expect(calls).toHaveLength(4);
    clock.nowMs -= 3_600_000; // somebody has set the clock back
    await answer();
    expect(calls).toHaveLength(6);
  });

  it("says where its window begins when there was too much to read", async () => {
    const records = createPredictionRecords(60);
    const { answer } = prepare({ readRecords: async () => ({ records, isComplete: false }) });
    expect(JSON.parse((await answer()).body).window).toMatchObject({
      from: new Date(windowStartMs).toISOString(),
      complete: false,
    });
  });

  it("is unavailable, with 503, while the log cannot be read, and recovers", async () => {
    const cause = new Error("S3 is away");
    const { clock, records, answer } = prepare({
      readRecords: async () => {
        if (clock.nowMs < windowStartMs + 7_205_000) throw cause;
        return { records, isComplete: true };
      },
    });
    await expect(answer()).rejects.toMatchObject({ code: "metrics_unavailable", status: 503, cause });
    await expect(answer()).rejects.toMatchObject({ status: 503 });
    clock.nowMs += 5_000;
    expect((await answer()).statusCode).toBe(200);
  });

  it("judges the rules beside the reference of the newest version, as the drift report does", async () => {
    const unsure = createPredictionRecords(60, () => ({ confidence: 65 }));
    const asked: unknown[] = [];
    const { answer } = prepare({
      readRecentPredictions: async () => ({ records: unsure }),
      findReference: async (version) => {
        asked.push(version);
        const rows = createPredictionRecords(200, () => ({ confidence: 66 }));
        return { reference: { source: "the version", rows }, isUnread: false };
      },
    });
    const metrics = metricsSchema.parse(JSON.parse((await answer()).body as string));
    expect(asked).toEqual(["eye-disease-model/3"]);
    expect(metrics).toMatchObject({ drift_detected: 0, drift_verdict: "ok", recent_low_confidence_ratio: 1 });
  });

  it("judges no rule that depends on a reference which nobody has looked for yet, as after a promotion", async () => {
    const records = createPredictionRecords(60, () => ({ confidence: 65 }));
    const verdictOf = async (isUnread: boolean) => {
      const { answer } = prepare({
        readRecentPredictions: async () => ({ records }),
        findReference: async () => ({ isUnread }),
      });
      return metricsSchema.parse(JSON.parse((await answer()).body as string));
    };
    expect(await verdictOf(true)).toMatchObject({ drift_detected: 0, drift_verdict: "insufficient_data" });
    expect(await verdictOf(false)).toMatchObject({ drift_detected: 1, drift_verdict: "drift" });
  });
});
