import { describe, expect, it } from "vitest";
import { createDashboard, type DashboardDependencies } from "../../../../functions/metrics/dashboard.ts";
import { readVerdicts } from "../../../../functions/metrics/read-verdicts.ts";
import { summariseRecords } from "../../../../shared/drift/hour-summary.ts";
import type { HttpRequest } from "../../../../shared/http/http-message.ts";
import { dashboardSchema } from "../../../../shared/schemas/dashboard.ts";
import type { InferenceLogRecord } from "../../../../shared/schemas/inference-record.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { createPredictionRecords, windowStartMs } from "../../../support/prediction-records.ts";

const hourLengthMs = 3_600_000;
const hourMs = windowStartMs - (windowStartMs % hourLengthMs);
const predictions = createPredictionRecords(60).map((record, index) => ({
  ...record,
  decision: index % 3 === 0 ? ("ungradable" as const) : ("confident" as const),
}));

function prepare(overrides: Partial<DashboardDependencies> = {}) {
  const clock = { nowMs: hourMs + 2 * hourLengthMs };
  let reads = 0;
  const route = createDashboard({
    readSummaries: async () => [],
    readRecords: async () => {
      reads += 1;
      return { records: predictions, isComplete: true };
    },
    readVerdicts: async () => [],
    now: () => clock.nowMs,
    ...overrides,
  });
  const ask = (queryStringParameters?: Record<string, string>) =>
    route({ event: { queryStringParameters } } as HttpRequest);
  const answer = async () => dashboardSchema.parse(JSON.parse((await ask()).body));
  return { answer, ask, clock, reads: () => reads };
}

const countOf = (hours: { predictions: number }[]) => hours.reduce((sum, hour) => sum + hour.predictions, 0);

describe("GET /dashboard/data", () => {
  it("names parameters that it would otherwise ignore", async () => {
    await expect(prepare().ask({ days: "3", from: "yesterday" })).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/but received days, from$/),
    });
  });

  it("draws what is in the log: every prediction once, by hour, class, version and confidence", async () => {
    const { hours, confidence, least_sure } = await prepare().answer();
    expect(countOf(hours)).toBe(60);
    for (const { classes, versions, predictions: count } of hours) {
      expect(countOf(Object.values(classes).map((n) => ({ predictions: n })))).toBe(count);
      expect(Object.values(versions)).toEqual([count]);
    }
    const decided = (name: string) => hours.reduce((sum, { decisions }) => sum + (decisions[name] ?? 0), 0);
    expect([decided("confident"), decided("ungradable")]).toEqual([40, 20]);
    expect(confidence).toHaveLength(20);
    expect(confidence.reduce((sum, count) => sum + count, 0)).toBe(60);
    const lowest = Math.min(...predictions.map((record) => record.confidence));
    expect(least_sure[0]?.confidence).toBe(lowest);
  });

  it("counts an hour that is summarised from its summary alone", async () => {
    const summaries = [{ hourMs, summary: summariseRecords(predictions) }];
    const { hours } = await prepare({ readSummaries: async () => summaries }).answer();
    expect(countOf(hours.filter(({ start }) => Date.parse(start) === hourMs))).toBe(60);
  });

  it("shows the last ten failed requests, newest first, and nothing of an empty log", async () => {
    const [first] = predictions;
    const errors = Array.from({ length: 12 }, (_, index) => ({
      ...first,
      kind: "error",
      error: "unsupported_media_type",
      detail: "x",
      status: 415,
      error_time_ms: 1,
      timestamp_ms: hourMs + index,
    })) as unknown as InferenceLogRecord[];
    const readRecords = async () => ({ records: errors, isComplete: false });
    const dashboard = await prepare({ readRecords }).answer();
    expect(dashboard.errors.map(({ at }) => Date.parse(at) - hourMs)).toEqual([
      11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
    ]);
    expect(dashboard).toMatchObject({ complete: false, hours: [], least_sure: [] });
  });

  it("reads once for all who ask within half a minute, and says 503 while the log cannot be read", async () => {
    const { answer, clock, reads } = prepare();
    await Promise.all([answer(), answer()]);
    clock.nowMs += 29_000;
    await answer();
    expect(reads()).toBe(1);
    clock.nowMs += 2_000;
    await answer();
    expect(reads()).toBe(2);
    const failing = prepare({ readVerdicts: () => Promise.reject(new Error("no S3")) });
    await expect(failing.answer()).rejects.toMatchObject({ code: "dashboard_unavailable", status: 503 });
  });
});

describe("the verdicts of a month", () => {
  it("are the last of each day, read once per day however many reports there are", async () => {
    const store = createMemoryStore();
    const put = (at: string, verdict: string) =>
      store.putObject(
        "log",
        `p/drift-reports/date=${at.slice(0, 10)}/${at.replaceAll(":", "-")}/drift-report.json`,
        JSON.stringify({ drift_timestamp: at, verdict }),
      );
    await put("2026-10-01T10:00:00.000Z", "drift"); // too old
    await put("2026-11-26T10:00:00.000Z", "drift");
    await put("2026-11-26T11:00:00.000Z", "ok");
    await put("2026-11-27T10:00:00.000Z", "insufficient_data");
    const verdicts = await readVerdicts(
      { store, bucket: "log", prefix: "p/" },
      Date.parse("2026-11-28T09:00:00.000Z"),
    );
    expect(verdicts).toEqual([
      { day: "2026-11-26", at: "2026-11-26T11:00:00.000Z", verdict: "ok", reports: 2 },
      {
        day: "2026-11-27",
        at: "2026-11-27T10:00:00.000Z",
        verdict: "insufficient_data",
        reports: 1,
      },
    ]);
    expect(store.reads).toHaveLength(2);
  });
});
