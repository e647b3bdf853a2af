import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { computeDriftReport, judgeWindow, lastPredictions } from "../../../../shared/drift/drift-report.ts";
import {
  parseReferenceWindow,
  type ReferenceWindow,
} from "../../../../shared/drift/reference/reference-window.ts";
import { windowOfRecords } from "../../../../shared/drift/window/window-of-records.ts";
import type { PredictionRecord } from "../../../../shared/schemas/inference-record.ts";
import {
  createImageMeasures,
  createPredictionRecords,
  defaultDriftSettings,
} from "../../../support/prediction-records.ts";
import { createRandom } from "../../../support/random.ts";

/** Records with a share of confidences of 65 %, below the limit of 70 %. */
const unsure = (count: number, share: number, overrides: Partial<PredictionRecord> = {}) =>
  createPredictionRecords(count, (index) => ({
    confidence: (index * 37) % 100 < share * 100 ? 65 : 80,
    ...overrides,
  }));

const judge = (records: PredictionRecord[], rows?: PredictionRecord[], limitsAlone = false) =>
  computeDriftReport(
    records,
    defaultDriftSettings,
    new Date(0),
    rows && { source: "the version", rows, limitsAlone },
  );

const indicatorOf = (report: ReturnType<typeof judge>, name: string) =>
  report.indicators.find((indicator) => indicator.name === name);

describe("a rule beside a reference", () => {
  it("decides alone where there is none", () => {
    const report = judge(unsure(100, 0.5));
    expect(report).toMatchObject({ verdict: "drift", drift_indicator_count: 1 });
    expect(indicatorOf(report, "high_low_confidence_ratio")).toMatchObject({
      ...{ value: 0.5, drifted: true, expected: false, reference_value: null },
    });
  });

  it("that the reference breaks, too, is expected: no cause, no alarm", () => {
    const report = judge(unsure(100, 0.5), unsure(1_000, 0.45));
    expect(report).toMatchObject({ verdict: "ok", severity: "ok", drift_detected: false, causes: [] });
    expect(indicatorOf(report, "high_low_confidence_ratio")).toMatchObject({
      ...{ value: 0.5, threshold: 0.3, drifted: false, expected: true, reference_value: 0.45 },
    });
  });

  it("that windows of the reference break by chance is expected, too", () => {
    expect(judge(unsure(100, 0.35), unsure(1_000, 0.28)).verdict).toBe("ok");
  });

  it("that the reference is far from stays drift", () => {
    const report = judge(unsure(100, 0.4), unsure(1_000, 0.05), true);
    expect(report.causes.map(({ name }) => name)).toEqual(["high_low_confidence_ratio"]);
    expect(indicatorOf(report, "high_low_confidence_ratio")).toMatchObject({ reference_value: 0.05 });
  });

  it("that the reference breaks, too, finds answers that are much less sure than the reference's", () => {
    const report = judge(unsure(100, 0.7), unsure(1_000, 0.35), true);
    expect(indicatorOf(report, "high_low_confidence_ratio")).toMatchObject({
      ...{ value: 0.7, threshold: 0.3, drifted: true, expected: false, reference_value: 0.35 },
    });
    expect(report.causes.map(({ name }) => name)).toEqual(["high_low_confidence_ratio"]);
  });

  it("has a margin that does not shrink with the number of predictions", () => {
    expect(judge(unsure(100, 0.48), unsure(1_000, 0.35), true).verdict).toBe("ok");
    const many = windowOfRecords(unsure(2_400, 0.48), defaultDriftSettings.lowConfidencePercent);
    const report = judgeWindow(many, defaultDriftSettings, new Date(0), {
      reading: { selection: lastPredictions(2_400), brokenLines: 0, isComplete: true },
      reference: { source: "the version", rows: unsure(1_000, 0.35), limitsAlone: true },
    });
    expect(report.verdict).toBe("ok");
  });

  it("below which a mean is drift is moved down", () => {
    const means = (count: number, confidence: number) =>
      createPredictionRecords(count, (index) => ({ confidence: confidence + (index % 2 === 0 ? 9 : -9) }));
    const usual = means(500, 58);
    expect(indicatorOf(judge(means(100, 56), usual), "low_average_confidence")).toMatchObject({
      ...{ drifted: false, expected: true },
    });
    expect(indicatorOf(judge(means(100, 52), usual), "low_average_confidence")).toMatchObject({
      ...{ drifted: true, expected: false },
    });
  });

  it.each([
    ["imbalanced_class_distribution", { predicted_class: "normal" }],
    ["high_inference_time", { inference_time_ms: 6_000 }],
    ["low_average_confidence", { confidence: 55 }],
    ["uncertain_answers", { decision: "uncertain" }],
  ] as const)("may expect %s", (name, overrides) => {
    const records = createPredictionRecords(100, () => overrides);
    expect(indicatorOf(judge(records), name)).toMatchObject({ drifted: true });
    const rows = createPredictionRecords(500, () => overrides);
    expect(indicatorOf(judge(records, rows), name)).toMatchObject({ drifted: false, expected: true });
  });

  it("does not expect of one class what is usual of another", () => {
    const mixOf = (count: number, name: string, share: number) =>
      createPredictionRecords(count, (index) =>
        (index * 37) % 100 < share * 100 ? { predicted_class: name } : { predicted_class: "cataract" },
      );
    const usual = mixOf(1_000, "normal", 0.85);
    const name = "imbalanced_class_distribution";
    expect(indicatorOf(judge(mixOf(100, "normal", 0.88), usual, true), name)).toMatchObject({
      ...{ drifted: false, expected: true, reference_value: 0.85 },
    });
    expect(indicatorOf(judge(mixOf(100, "glaucoma", 0.95), usual, true), name)).toMatchObject({
      ...{ value: 0.95, drifted: true, expected: false, reference_value: 0 },
    });
  });

  it("never expects black pictures or pictures that cannot be graded", () => {
    const black = createPredictionRecords(500, (index) => ({
      image_measures: createImageMeasures(index, { brightness: 0 }),
      decision: "ungradable",
    }));
    const report = judge(black.slice(0, 100), black);
    expect(report.causes.map(({ name }) => name)).toEqual(["dark_pictures", "ungradable_pictures"]);
  });

  it("is judged beside a reference that is for the rules alone, with which nothing is compared", () => {
    const other = createPredictionRecords(500, () => ({ confidence: 65, inference_time_ms: 900 }));
    const report = judge(unsure(100, 0.5), other, true);
    expect(report).toMatchObject({ verdict: "ok", comparisons: [], reference: { limits_alone: true } });
  });
});

describe("the packaged model's reference window", () => {
  const window: ReferenceWindow = parseReferenceWindow(
    readFileSync("models/eye-disease/reference-window.jsonl", "utf8"),
    "the packaged model",
  );

  it("says what to expect of the rules, and is compared with nothing", () => {
    expect(window.limitsAlone).toBe(true);
    expect(window.rows.length).toBeGreaterThan(500);
  });

  it("has a window of the model's own answers judged ok, which the rules alone call drift", () => {
    const records = createPredictionRecords(100, (index) => {
      const { probabilities, predicted_class, confidence } = window.rows[
        index
      ] as (typeof window.rows)[number];
      return { probabilities: { ...probabilities }, predicted_class, confidence };
    });
    expect(computeDriftReport(records, defaultDriftSettings, new Date(0)).causes).toMatchObject([
      { name: "high_low_confidence_ratio" },
    ]);
    const report = computeDriftReport(records, defaultDriftSettings, new Date(0), window);
    expect(report).toMatchObject({ verdict: "ok", severity: "ok" });
    expect(indicatorOf(report, "low_average_confidence")).toMatchObject({ drifted: false, expected: false });
  });

  it("lets answers that are much less sure be found all the same", () => {
    const records = createPredictionRecords(100, () => ({ confidence: 55, decision: "uncertain" }));
    const report = computeDriftReport(records, defaultDriftSettings, new Date(0), window);
    expect(report.causes.map(({ name }) => name)).toEqual([
      "low_average_confidence",
      "high_low_confidence_ratio",
    ]);
    // Four in five answers of the reference are uncertain, so that even a hundred of a hundred may be chance.
    expect(indicatorOf(report, "uncertain_answers")).toMatchObject({ value: 1, expected: true });
  });

  it("lets twice as many unsure answers be found", () => {
    const random = createRandom(1);
    const [low, high] = [true, false].map((isLow) =>
      window.rows.filter(({ confidence }) => confidence < 70 === isLow),
    );
    const verdictsOf = (share: number) =>
      Array.from({ length: 100 }, () => {
        const records = createPredictionRecords(100, () => {
          const rows = (random() < share ? low : high) as typeof window.rows;
          const { probabilities, predicted_class, confidence } = rows[
            Math.floor(random() * rows.length)
          ] as (typeof window.rows)[number];
          return { probabilities: { ...probabilities }, predicted_class, confidence };
        });
        return computeDriftReport(records, defaultDriftSettings, new Date(0), window).verdict;
      });
    expect(verdictsOf(0.38).filter((verdict) => verdict === "drift")).toHaveLength(0);
    expect(verdictsOf(0.76).filter((verdict) => verdict === "drift").length).toBeGreaterThan(90);
  });
});
