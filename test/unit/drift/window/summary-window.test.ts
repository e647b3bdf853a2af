import { describe, expect, it } from "vitest";
import { computeDriftReport, judgeWindow, lastPredictions } from "../../../../shared/drift/drift-report.ts";
import type { ReferenceWindow } from "../../../../shared/drift/reference/reference-window.ts";
import { summariseRecords } from "../../../../shared/drift/summary/hour-summary.ts";
import { createSummaryWindow } from "../../../../shared/drift/window/window-of-summaries.ts";
import type { DriftReport } from "../../../../shared/schemas/drift-report.ts";
import type { PredictionRecord } from "../../../../shared/schemas/inference-record.ts";
import { type Changes, simulateRecords } from "../../../bench/drift/simulated-clinic.ts";
import { defaultDriftSettings } from "../../../support/prediction-records.ts";

const clinic = { photographsPerPatient: 2, sharedPart: 0.5 };
const reference: ReferenceWindow = { source: "simulated", rows: simulateRecords(3_000, clinic, 1) };
const timestamp = new Date("2026-11-28T12:00:00Z");
const hourMs = 3_600_000;

/** Like the scheduled analysis beyond 100,000 records: from the summary of each hour. */
function judgeBySummaries(records: readonly PredictionRecord[]): DriftReport {
  const window = createSummaryWindow({}, defaultDriftSettings.lowConfidencePercent);
  for (const [, hour] of Map.groupBy(records, ({ timestamp_ms }) => Math.floor(timestamp_ms / hourMs)))
    window.add(JSON.parse(JSON.stringify(summariseRecords(hour))));
  const finished = window.finish();
  if (finished === undefined) throw new Error("Expected predictions");
  const reading = { selection: lastPredictions(records.length), brokenLines: 0, isComplete: true };
  return judgeWindow(finished, defaultDriftSettings, timestamp, { reading, reference });
}

const judgeExactly = (records: readonly PredictionRecord[]) =>
  computeDriftReport(records, { ...defaultDriftSettings, windowSize: records.length }, timestamp, reference);

describe("a window of hour summaries", () => {
  it.each<[string, Changes]>([
    ["nothing changed", {}],
    ["darker pictures", { measures: (m) => ({ ...m, brightness: m.brightness * 0.7 }) }],
    ["a slower model", { timeFactor: 1.4 }],
    ["a less sure model", { lessSure: 2 }],
    ["black pictures", { measures: (m) => ({ ...m, brightness: 1, contrast: 0 }) }],
  ])("gets the verdict, the causes and the figures of the records themselves: %s", (_, changes) => {
    const records = simulateRecords(4_000, clinic, 2, () => changes);
    const [exact, summarised] = [judgeExactly(records), judgeBySummaries(records)];
    expect(summarised.severity).toBe(exact.severity);
    expect(summarised.causes.map(({ name }) => name)).toEqual(exact.causes.map(({ name }) => name));
    expect(summarised.window).toMatchObject({
      is_exact: false,
      recent_prediction_count: 4_000,
      recent_class_ratio: exact.window.recent_class_ratio,
      first_timestamp_ms: exact.window.first_timestamp_ms,
      last_timestamp_ms: exact.window.last_timestamp_ms,
    });
    expect(summarised.window.recent_avg_confidence).toBeCloseTo(
      exact.window.recent_avg_confidence as number,
      9,
    );
    expect(summarised.window.recent_low_confidence_ratio).toBe(exact.window.recent_low_confidence_ratio);
    expect(summarised.least_sure).toEqual(exact.least_sure);
    expect(summarised.indicators.map(({ name, drifted }) => [name, drifted])).toEqual(
      exact.indicators.map(({ name, drifted }) => [name, drifted]),
    );
    for (const comparison of exact.comparisons) {
      const other = summarised.comparisons.find(({ name }) => name === comparison.name);
      if (comparison.scores.kolmogorov_smirnov === undefined) continue;
      for (const name of ["kolmogorov_smirnov", "wasserstein"]) {
        const difference = (other?.scores[name] as number) - (comparison.scores[name] as number);
        expect(Math.abs(difference), `${comparison.name}: ${name}`).toBeLessThan(0.02);
      }
    }
    expect(summarised.estimated_accuracy?.by_confidence?.value).toBeCloseTo(
      exact.estimated_accuracy?.by_confidence?.value as number,
      9,
    );
  });

  it("holds the version and the deployment that were asked for", () => {
    const mixed = simulateRecords(200, clinic, 3).map((record, index) => ({
      ...record,
      environment: index < 50 ? "north" : "south",
      model: { ...record.model, version: index % 2 === 0 ? "4" : "5" },
    }));
    const count = (filter: Parameters<typeof createSummaryWindow>[0]) => {
      const window = createSummaryWindow(filter, 70);
      window.add(summariseRecords(mixed));
      return window.finish()?.predictions;
    };
    expect(count({ modelVersion: "4" })).toBe(100);
    expect(count({ modelVersion: "eye-disease-model/5", deployment: "north" })).toBe(25);
    expect(count({ deployment: "east" })).toBeUndefined();
  });

  it("keeps its time series short, and nothing of it is lost", () => {
    const window = createSummaryWindow({}, 70);
    const hour = simulateRecords(20, clinic, 4);
    for (let at = 0; at < 500; at++)
      window.add(
        summariseRecords(
          hour.map((record) => ({ ...record, timestamp_ms: record.timestamp_ms + at * hourMs })),
        ),
      );
    const series = window.finish()?.series ?? [];
    expect(series.length).toBeLessThanOrEqual(120);
    expect(series.reduce((sum, point) => sum + point.prediction_count, 0)).toBe(10_000);
    expect(series[0]?.timestamp_ms).toBe(hour[0]?.timestamp_ms);
  });
});
