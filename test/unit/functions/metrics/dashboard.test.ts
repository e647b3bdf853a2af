import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createDashboard, type DashboardDependencies } from "../../../../functions/metrics/dashboard.ts";
import { readVerdicts } from "../../../../functions/metrics/read-verdicts.ts";
import type { HttpRequest } from "../../../../shared/http/http-message.ts";
import { compactObjects } from "../../../../shared/inference-log/compact.ts";
import { renderLogLine } from "../../../../shared/inference-log/log-lines.ts";
import { readHours } from "../../../../shared/inference-log/read-hours.ts";
import { readRecords } from "../../../../shared/inference-log/read-window.ts";
import { dashboardSchema } from "../../../../shared/schemas/dashboard.ts";
import type { ErrorRecord, InferenceLogRecord } from "../../../../shared/schemas/inference-record.ts";
import { createMemoryLog } from "../../../support/memory-log.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { createPredictionRecords, windowStartMs } from "../../../support/prediction-records.ts";

const hourLengthMs = 3_600_000;
const hourMs = windowStartMs - (windowStartMs % hourLengthMs);
const predictions = createPredictionRecords(60).map((record, index) => ({
  ...record,
  decision: index % 3 === 0 ? ("ungradable" as const) : ("confident" as const),
}));

/** A dashboard of a log in which each record is an object, but those of `compacted`, which are a table. */
async function prepare({
  records = predictions,
  compacted = [],
  ...overrides
}: Partial<DashboardDependencies> & {
  records?: readonly InferenceLogRecord[];
  compacted?: readonly InferenceLogRecord[];
} = {}) {
  const { location, write } = createMemoryLog();
  for (const record of records) write([record]);
  const lines = compacted.map((record) => ({ text: renderLogLine(record).trim(), record }));
  await compactObjects(location, hourMs, [{ key: "compacted", lines }]);
  const clock = { nowMs: hourMs + 2 * hourLengthMs };
  const limits = { maximumObjects: 100, maximumRecords: 200 };
  let reads = 0;
  const route = createDashboard({
    readHours: async (period) => {
      reads += 1;
      return readHours(location, { ...period, ...limits });
    },
    readCompacted: async (period) =>
      readRecords(location, { ...period, ...limits, select: (object) => object.compacted }),
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
    const { ask } = await prepare();
    await expect(ask({ days: "3", from: "yesterday" })).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/but received days, from$/),
    });
  });

  it("draws what is in the log: every prediction once, by hour, class, version and confidence", async () => {
    const { hours, confidence, least_sure } = await (await prepare()).answer();
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

  it("counts what is not compacted beside the summary of its hour, and each prediction once", async () => {
    const { answer } = await prepare({ compacted: predictions.slice(0, 5), records: predictions.slice(5) });
    const { hours, complete } = await answer();
    expect(countOf(hours)).toBe(60);
    expect(new Set(hours.map(({ start }) => start)).size).toBe(hours.length);
    expect(complete).toBe(true);
  });

  it("draws days that wait for compaction, and says that it is not complete where they are more than is read", async () => {
    const ofDays = (count: number) =>
      predictions.slice(0, count).map((record, index) => ({
        ...record,
        timestamp_ms: hourMs - (index % 6) * 24 * hourLengthMs - index,
      }));
    const all = await (await prepare({ records: ofDays(60) })).answer();
    expect(countOf(all.hours)).toBe(60);
    expect(all.complete).toBe(true);
    const tooMany = [...ofDays(60), ...ofDays(60).map((record) => ({ ...record, record_id: randomUUID() }))];
    const some = await (await prepare({ records: tooMany })).answer();
    expect(countOf(some.hours)).toBeLessThan(120);
    expect(some.complete).toBe(false);
  });

  it("shows the last ten failed requests of a day, newest first, and nothing else of an empty log", async () => {
    const errors = Array.from({ length: 12 }, (_, index) => ({
      ...predictions[0],
      record_id: randomUUID(),
      kind: "error",
      error: "unsupported_media_type",
      detail: "x",
      status: 415,
      error_time_ms: 1,
      timestamp_ms: hourMs + index,
    })) as unknown as ErrorRecord[];
    const before = { ...errors[0], record_id: randomUUID(), timestamp_ms: hourMs - 22 * hourLengthMs - 1 };
    const { answer, clock } = await prepare({
      records: [before as ErrorRecord, ...errors.slice(6)],
      compacted: errors.slice(0, 6),
    });
    const dashboard = await answer();
    expect(dashboard.errors.map(({ at }) => Date.parse(at) - hourMs)).toEqual([
      11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
    ]);
    expect(dashboard).toMatchObject({ complete: true, hours: [], least_sure: [] });
    clock.nowMs = hourMs + 5 + 24 * hourLengthMs;
    expect((await answer()).errors).toHaveLength(7);
  });

  it("reads once for all who ask within half a minute, and says 503 while the log cannot be read", async () => {
    const { answer, clock, reads } = await prepare();
    await Promise.all([answer(), answer()]);
    clock.nowMs += 29_000;
    await answer();
    expect(reads()).toBe(1);
    clock.nowMs += 2_000;
    await answer();
    expect(reads()).toBe(2);
    const failing = await prepare({ readVerdicts: () => Promise.reject(new Error("no S3")) });
    await expect(failing.answer()).rejects.toMatchObject({ code: "dashboard_unavailable", status: 503 });
  });
});

describe("the verdicts of a month", () => {
  it("are the last of each day, read once per day however many reports there are", async () => {
    const store = createMemoryStore();
    const put = (at: string, verdict: string, kind = "") =>
      store.putObject(
        "log",
        `p/drift-reports/${kind}date=${at.slice(0, 10)}/${at.replaceAll(":", "-")}/drift-report.json`,
        JSON.stringify({ drift_timestamp: at, verdict }),
      );
    await put("2026-10-01T10:00:00.000Z", "drift"); // too old
    await put("2026-11-26T10:00:00.000Z", "drift");
    await put("2026-11-26T11:00:00.000Z", "ok");
    await put("2026-11-27T10:00:00.000Z", "insufficient_data");
    await put("2026-11-27T11:00:00.000Z", "drift", "chosen/");
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
