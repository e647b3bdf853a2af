import { describe, expect, it } from "vitest";
import { computeDriftReport } from "../../../shared/drift/drift-report.ts";
import { driftRules } from "../../../shared/drift/rules/drift-rules.ts";
import type { DriftIndicator } from "../../../shared/schemas/drift-report.ts";
import { driftReportSchema } from "../../../shared/schemas/drift-report.ts";
import type { PredictionRecord } from "../../../shared/schemas/inference-record.ts";
import { driftSettings } from "../../../shared/settings/drift.ts";
import {
  createPredictionRecords,
  defaultDriftSettings,
  windowStartMs,
} from "../../support/prediction-records.ts";
import { createRandom, shuffle } from "../../support/random.ts";

const timestamp = new Date("2026-11-25T12:00:00Z");

const report = (records: PredictionRecord[], settings = defaultDriftSettings) =>
  computeDriftReport(records, settings, timestamp);

function indicatorOf(records: PredictionRecord[], name: DriftIndicator["name"]): DriftIndicator {
  const indicator = report(records).indicators.find((candidate) => candidate.name === name);
  if (indicator === undefined) throw new Error(`No indicator ${name}`);
  return indicator;
}

describe("the four rules", () => {
  it("are those of the replaced service, with its thresholds", () => {
    expect(
      driftRules.map((rule) => [
        rule.name,
        rule.direction,
        rule.readThreshold(defaultDriftSettings),
        rule.unit,
      ]),
    ).toEqual([
      ["low_average_confidence", "below", 60, "percent"],
      ["high_low_confidence_ratio", "above", 0.3, "ratio"],
      ["high_inference_time", "above", 5000, "ms"],
      ["imbalanced_class_distribution", "above", 0.8, "ratio"],
    ]);
  });

  it("find nothing in a healthy window", () => {
    const healthy = report(createPredictionRecords(100));
    expect(healthy).toMatchObject({ verdict: "ok", drift_detected: false, drift_indicator_count: 0 });
    expect(healthy.indicators.map((indicator) => indicator.drifted)).toEqual([false, false, false, false]);
  });

  it.each([
    [60, false],
    [60 - 1e-10, true],
    [59.99, true],
    [60.01, false],
  ])("low_average_confidence: a mean of %d drifted: %s", (confidence, drifted) => {
    const records = createPredictionRecords(100, () => ({ confidence }));
    expect(indicatorOf(records, "low_average_confidence")).toMatchObject({ drifted, threshold: 60 });
  });

  it("low_average_confidence: 59.9 and 60.1 in turns are exactly 60", () => {
    const records = createPredictionRecords(100, (index) => ({ confidence: index % 2 === 0 ? 59.9 : 60.1 }));
    expect(indicatorOf(records, "low_average_confidence")).toMatchObject({ value: 60, drifted: false });
  });

  it.each([
    [29, 100, false],
    [30, 100, false],
    [31, 100, true],
    [15, 50, false],
    [16, 50, true],
    [27, 90, false],
    [28, 90, true],
  ])("high_low_confidence_ratio: %d of %d below 70 drifted: %s", (low, count, drifted) => {
    const records = createPredictionRecords(count, (index) => ({ confidence: index < low ? 69.99 : 70 }));
    expect(indicatorOf(records, "high_low_confidence_ratio")).toMatchObject({ value: low / count, drifted });
  });

  it.each([
    [5000, false],
    [5000.01, true],
    [4999.99, false],
  ])("high_inference_time: a mean of %d ms drifted: %s", (inference_time_ms, drifted) => {
    const records = createPredictionRecords(100, () => ({ inference_time_ms }));
    expect(indicatorOf(records, "high_inference_time").drifted).toBe(drifted);
  });

  it.each([
    [80, 100, false],
    [81, 100, true],
    [40, 50, false],
    [41, 50, true],
    [48, 60, false],
    [100, 100, true],
  ])("imbalanced_class_distribution: %d of %d in one class drifted: %s", (most, count, drifted) => {
    const records = createPredictionRecords(count, (index) => ({
      predicted_class: index < most ? "glaucoma" : "normal",
    }));
    expect(indicatorOf(records, "imbalanced_class_distribution").drifted).toBe(drifted);
  });

  it("compare shares as fractions do, for every window size that divides", () => {
    for (let count = 50; count <= 100; count += 10) {
      const exactly = createPredictionRecords(count, (index) => ({
        confidence: index < (count * 3) / 10 ? 10 : 99,
        predicted_class: index < (count * 8) / 10 ? "normal" : "glaucoma",
      }));
      expect(report(exactly).verdict, `${count} predictions`).toBe("ok");
    }
  });
});

describe("the verdict", () => {
  it.each([
    [0, "insufficient_data"],
    [49, "insufficient_data"],
    [50, "drift"],
    [100, "drift"],
  ])("of %d bad predictions is %s", (count, verdict) => {
    const bad = report(createPredictionRecords(count, () => ({ confidence: 40 })));
    expect(bad.verdict).toBe(verdict);
    expect(bad.drift_detected).toBe(verdict === "drift");
    expect(driftReportSchema.parse(bad)).toEqual(bad);
  });

  it("measures but does not judge too few predictions", () => {
    const few = report(createPredictionRecords(49, () => ({ confidence: 40 })));
    expect(few.drift_indicator_count).toBe(0);
    expect(few.indicators[0]).toMatchObject({ value: 40, threshold: 60, drifted: null });
  });

  it("counts each indicator that drifted", () => {
    const everythingWrong = createPredictionRecords(100, () => ({
      confidence: 30,
      inference_time_ms: 9000,
      predicted_class: "normal",
    }));
    expect(report(everythingWrong)).toMatchObject({ verdict: "drift", drift_indicator_count: 4 });
  });

  it("looks at the last 100 predictions only", () => {
    const recovered = createPredictionRecords(300, (index) => ({ confidence: index < 200 ? 20 : 95 }));
    expect(report(shuffle(recovered, createRandom(2)))).toMatchObject({ verdict: "ok" });
    const broken = createPredictionRecords(300, (index) => ({ confidence: index < 200 ? 95 : 20 }));
    expect(report(shuffle(broken, createRandom(2)))).toMatchObject({ verdict: "drift" });
  });

  it("depends on no order and on no session", () => {
    const random = createRandom(19);
    for (let round = 0; round < 25; round++) {
      const records = createPredictionRecords(120, () => ({
        confidence: 40 + random() * 60,
        inference_time_ms: random() * 20,
      }));
      expect(report(shuffle(records, random))).toEqual(report(records));
    }
  });

  it("never gets better when a confidence falls", () => {
    const random = createRandom(23);
    for (let round = 0; round < 25; round++) {
      const confidences = Array.from({ length: 100 }, () => 30 + random() * 60);
      const asTheyAre = report(
        createPredictionRecords(100, (i) => ({ confidence: confidences[i] as number })),
      );
      const lower = report(
        createPredictionRecords(100, (i) => ({ confidence: (confidences[i] as number) * 0.9 })),
      );
      expect(lower.drift_indicator_count).toBeGreaterThanOrEqual(asTheyAre.drift_indicator_count);
    }
  });
});

describe("the report", () => {
  it("says where its window comes from", () => {
    const records = createPredictionRecords(60, (index) =>
      index < 10 ? { model: { name: "m", version: "2", source: "local_file", engine: "onnx" } } : {},
    );
    expect(report(records).window).toMatchObject({
      recent_prediction_count: 60,
      first_timestamp_ms: windowStartMs,
      last_timestamp_ms: windowStartMs + 59 * 60_000,
      session_count: 2,
      model_versions: ["eye-disease-model/3", "m/2"],
    });
  });

  it("follows the settings", () => {
    const settings = driftSettings.parse({
      DRIFT_WINDOW_SIZE: "20",
      DRIFT_MINIMUM_PREDICTIONS: "10",
      DRIFT_MINIMUM_AVERAGE_CONFIDENCE: "95",
      DRIFT_LOW_CONFIDENCE: "91",
    });
    const strict = report(createPredictionRecords(40), settings);
    expect(strict).toMatchObject({
      verdict: "drift",
      drift_timestamp: "2026-11-25T12:00:00.000Z",
      settings: { window_size: 20, minimum_predictions: 10, low_confidence_percent: 91 },
    });
    expect(strict.predictions).toHaveLength(20);
    expect(strict.indicators.filter((indicator) => indicator.drifted).map(({ name }) => name)).toEqual([
      "low_average_confidence",
      "high_low_confidence_ratio",
    ]);
  });
});

describe("the settings", () => {
  it("refuse a minimum that no window can reach, and fractions of predictions", () => {
    expect(() => driftSettings.parse({ DRIFT_WINDOW_SIZE: "40" })).toThrow(/at most DRIFT_WINDOW_SIZE/);
    expect(() => driftSettings.parse({ DRIFT_WINDOW_SIZE: "99.5" })).toThrow(/whole number/);
  });
});
