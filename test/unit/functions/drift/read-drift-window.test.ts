import { expect, it } from "vitest";
import { readDriftWindow } from "../../../../functions/drift/read-drift-window.ts";
import { lastPredictions } from "../../../../shared/drift/drift-report.ts";
import { compactObjects } from "../../../../shared/inference-log/compact.ts";
import { renderLogLine } from "../../../../shared/inference-log/log-lines.ts";
import { createMemoryLog } from "../../../support/memory-log.ts";
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
