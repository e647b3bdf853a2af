import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readDriftWindow, readPredictions } from "../../../../functions/drift/read-drift-window.ts";
import { judgeWindow, lastPredictions } from "../../../../shared/drift/drift-report.ts";
import { compactObjects } from "../../../../shared/inference-log/compact.ts";
import { renderLogLine } from "../../../../shared/inference-log/log-lines.ts";
import type { ErrorRecord } from "../../../../shared/schemas/inference-record.ts";
import { createMemoryLog } from "../../../support/memory-log.ts";
import { defaultDriftSettings } from "../../../support/prediction-records.ts";
import { createTestSession } from "../../../support/test-session.ts";
import { createErrorEvent } from "../../../support/tracking-events.ts";
import { predictionOf } from "../../labels/prediction-of.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const fromMs = Date.parse("2026-11-25T12:00:00Z");
const span = { ...lastPredictions(1), count: null, from_ms: fromMs, to_ms: fromMs + 2 * hourMs };
const settings = { lowConfidencePercent: 70, nowMs: fromMs + 2 * hourMs + 2 * minuteMs };

/** Two hours of a prediction per minute; the first hour is compacted, with the first minutes of the second. */
async function prepare() {
  const { location, write } = createMemoryLog();
  const records = Array.from({ length: 120 }, (_, minute) => predictionOf(fromMs + minute * minuteMs));
  const lines = records.slice(0, 62).map((record) => ({ text: renderLogLine(record).trim(), record }));
  await compactObjects(location, fromMs, [{ key: "compacted", lines }]);
  for (const record of records.slice(62)) write([record]);
  return location;
}

it("a window of many predictions has those that are not compacted, also of an hour that has a summary", async () => {
  const location = await prepare();
  const exact = await readDriftWindow(location, span, settings);
  const summed = await readDriftWindow(location, span, { ...settings, maximumRecords: 10 });
  expect(exact.window.isBinned).toBe(false);
  expect(summed.window).toMatchObject({ isBinned: true, predictions: exact.window.predictions });
  expect(summed.window.origin.last_timestamp_ms).toBe(fromMs + 119 * minuteMs);
  expect(summed.reading.isComplete).toBe(true);
});

describe("photographs that were refused as ungradable", () => {
  const refusalOf = (timestamp_ms: number, error = "ungradable_photograph"): ErrorRecord => ({
    ...createTestSession().recordError(createErrorEvent({ error, status: 422 })),
    timestamp_ms,
  });
  /** A refusal of the hour before; an hour of usual photographs; then 150 that are refused. */
  const prepareRefused = () => {
    const { location, write } = createMemoryLog();
    write([refusalOf(fromMs - 1)]);
    for (let minute = 0; minute < 60; minute += 1)
      write([predictionOf(fromMs + minute * minuteMs, { decision: "confident" })]);
    for (let at = 0; at < 150; at += 1) write([refusalOf(fromMs + hourMs + at * 1_000)]);
    write([refusalOf(fromMs + hourMs, "invalid_image")]);
    return location;
  };
  const judge = async (
    selection: typeof span | ReturnType<typeof lastPredictions>,
    maximumRecords?: number,
  ) => {
    const { window, reading } = await readDriftWindow(prepareRefused(), selection, {
      ...settings,
      ...(maximumRecords !== undefined && { maximumRecords }),
    });
    return judgeWindow(window, defaultDriftSettings, new Date(0), { reading });
  };

  it.each([
    ["the last predictions", lastPredictions(100), undefined],
    ["a span", span, undefined],
    ["hour summaries", span, 10],
  ] as const)("are ungradable pictures of the window: %s", async (_, selection, maximumRecords) => {
    const report = await judge(selection, maximumRecords);
    expect(report.window).toMatchObject({
      recent_prediction_count: 60,
      is_exact: maximumRecords === undefined,
      refused_count: 150,
      last_refused_ms: maximumRecords === undefined ? fromMs + hourMs + 149_000 : null,
    });
    expect(report.causes.map(({ name }) => name)).toContain("ungradable_pictures");
    const { value } = report.indicators.find(({ name }) => name === "ungradable_pictures") ?? {};
    expect(value).toBeCloseTo(150 / 210, 9);
  });

  it.each([
    ["a version, of which they do not say", { model_version: "1" }],
    ["another deployment", { deployment: "north" }],
  ])("are not those of %s", async (_, filter) => {
    const report = await judge({ ...span, ...filter });
    expect(report.causes.map(({ name }) => name)).not.toContain("ungradable_pictures");
  });
});

it("says so when more is not compacted than is read", async () => {
  const location = await prepare();
  const { listPage } = location.store;
  location.store.listPage = async (...parameters) => {
    const { objects, ...page } = await listPage.call(location.store, ...parameters);
    return { ...page, objects: objects.map((object) => ({ ...object, sizeBytes: 200_000_000 })) };
  };
  const { window, reading } = await readDriftWindow(location, span, { ...settings, maximumRecords: 10 });
  expect(window.predictions).toBeGreaterThan(62);
  expect(window.predictions).toBeLessThan(120);
  expect(reading.isComplete).toBe(false);
});

it("a span of hour summaries begins at a full hour", async () => {
  const half = { ...span, from_ms: fromMs + 1.5 * hourMs };
  const { window } = await readDriftWindow(await prepare(), half, { ...settings, maximumRecords: 10 });
  expect(window).toMatchObject({ isBinned: true, predictions: 60 });
});

it("a session is never judged by the summaries, which do not know sessions", async () => {
  const location = await prepare();
  const selection = { ...span, session: "nobody's" };
  const { window, reading } = await readDriftWindow(location, selection, { ...settings, maximumRecords: 10 });
  expect(window).toMatchObject({ isBinned: false, predictions: 0 });
  expect(reading.isComplete).toBe(false);
});

describe.each([["the last predictions", 100] as const, ["a span", null] as const])("of %s", (_, count) => {
  const toMs = fromMs + hourMs;
  const sessionId = randomUUID();
  const model = predictionOf(fromMs).model;
  const records = [
    predictionOf(fromMs - 1, { request_id: "before" }),
    predictionOf(fromMs, { request_id: "first", session_id: sessionId }),
    predictionOf(fromMs + minuteMs, { request_id: "of a session", session_name: sessionId }),
    predictionOf(fromMs + 2 * minuteMs, { request_id: "of a deployment", environment: "north" }),
    predictionOf(fromMs + 3 * minuteMs, { request_id: "of a version", model: { ...model, version: "99" } }),
    predictionOf(toMs - 1, { request_id: "last" }),
    predictionOf(toMs, { request_id: "after" }),
  ];
  const named = records.map(({ request_id }) => request_id);

  it.each([
    ["from_ms", { from_ms: fromMs }, named.slice(1)],
    ["to_ms, which is not part of it", { to_ms: toMs }, named.slice(0, -1)],
    ["session, by id or name", { session: sessionId }, ["first", "of a session"]],
    ["deployment", { deployment: "north" }, ["of a deployment"]],
    ["model_version", { model_version: "99" }, ["of a version"]],
  ])("only those are read that match %s", async (_name, filter, expected) => {
    const { location, write } = createMemoryLog();
    write(records);
    const selection = { ...lastPredictions(1), count, ...(count === null && { from_ms: 0 }), ...filter };
    const { records: read } = await readPredictions(location, selection, toMs + minuteMs);
    expect(read.map(({ request_id }) => request_id)).toEqual(expected);
  });
});
