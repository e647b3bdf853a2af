import { describe, expect, it } from "vitest";
import { compareWindows } from "../../../shared/drift/compare-windows.ts";
import { computeDriftReport } from "../../../shared/drift/drift-report.ts";
import { compareVectors } from "../../../shared/drift/figures/vectors.ts";
import { parseReferenceWindow } from "../../../shared/drift/reference/reference-window.ts";
import { windowOfRows } from "../../../shared/drift/window/window-of-rows.ts";
import { driftReportSchema } from "../../../shared/schemas/drift-report.ts";
import { encodeFeatureProjection } from "../../../shared/schemas/feature-projection.ts";
import { injections } from "../../bench/drift/injections.ts";
import { clinics, measureFalseAlarms } from "../../bench/drift/measure-drift.ts";
import { type Changes, simulateRecords } from "../../bench/drift/simulated-clinic.ts";
import { createPredictionRecords, defaultDriftSettings } from "../../support/prediction-records.ts";
import { createRandom } from "../../support/random.ts";

const clinic = { photographsPerPatient: 2, sharedPart: 0.5 };
const linesOf = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
const reference = parseReferenceWindow(linesOf(simulateRecords(600, clinic, 1)), "reference.jsonl");

const reportOf = (changesAt: (index: number) => Changes, count = 100) =>
  computeDriftReport(
    simulateRecords(count, clinic, 7, changesAt),
    defaultDriftSettings,
    new Date("2026-11-28T12:00:00Z"),
    reference,
  );

describe("a window beside its reference", () => {
  it("is ok when nothing changed", () => {
    const report = reportOf(() => ({}));
    expect(report).toMatchObject({
      verdict: "ok",
      severity: "ok",
      causes: [],
      reference: { source: "reference.jsonl", prediction_count: 600 },
    });
    expect(report.comparisons.map(({ name }) => name)).toEqual([
      "class_mix",
      "confidence",
      "prob_cataract",
      "prob_diabetic_retinopathy",
      "prob_glaucoma",
      "prob_normal",
      "brightness",
      "contrast",
      "sharpness",
      "red_share",
      "blue_share",
      "disc_share",
      "disc_roundness",
      "inference_time_ms",
      "probabilities",
    ]);
    expect(driftReportSchema.parse(report)).toEqual(report);
  });

  it.each(injections.map((injection) => [injection.kind, injection] as const))(
    "drifts, and names its cause first: %s",
    (_, { changesAt, expected }) => {
      const report = reportOf((index) => changesAt(2, index));
      expect(report).toMatchObject({ verdict: "drift", severity: "drift", drift_detected: true });
      expect(expected).toContain(report.causes[0]?.name);
    },
  );

  it("only warns of a model that has become much faster", () => {
    const report = reportOf(() => ({ timeFactor: 0.3 }), 100);
    expect(report.causes).toMatchObject([
      { name: "inference_time_ms", severity: "warning", happened: "the model has become faster" },
    ]);
    expect(report.severity).toBe("warning");
  });

  it("warns of a change that is certain and small", () => {
    const report = reportOf(() => ({ timeFactor: 1.06 }), 100);
    const larger = computeDriftReport(
      simulateRecords(1_000, clinic, 3, () => ({ timeFactor: 1.05 })),
      { ...defaultDriftSettings, windowSize: 1_000 },
      new Date(),
      reference,
    );
    expect(report.verdict).toBe("ok");
    expect(larger).toMatchObject({ verdict: "ok", severity: "warning", drift_detected: false });
    expect(larger.causes).toMatchObject([{ name: "inference_time_ms", severity: "warning" }]);
  });

  it("judges nothing of too few predictions", () => {
    const few = reportOf((index) => injections[0]?.changesAt(2, index) ?? {}, 49);
    expect(few).toMatchObject({ verdict: "insufficient_data", severity: "insufficient_data", causes: [] });
    expect(few.comparisons).toEqual([]);
  });

  it("compares what both have: a reference of probabilities alone", () => {
    const rows = reference.rows.map(({ probabilities }) => ({ probabilities }));
    const bare = parseReferenceWindow(linesOf(rows), "bare.jsonl");
    const report = computeDriftReport(
      simulateRecords(100, clinic, 2),
      defaultDriftSettings,
      new Date(),
      bare,
    );
    expect(report.comparisons.map(({ name }) => name)).toContain("confidence");
    expect(report.comparisons.map(({ name }) => name)).not.toContain("brightness");
  });

  it("puts two estimates of accuracy beside each other where the reference has labels", () => {
    const rows = reference.rows.map((row, index) => ({
      probabilities: row.probabilities,
      label: index % 10 === 0 ? "other" : row.predicted_class,
    }));
    const labelled = parseReferenceWindow(linesOf(rows), "labelled.jsonl");
    const records = simulateRecords(100, clinic, 2);
    const { estimated_accuracy: estimate } = computeDriftReport(
      records,
      defaultDriftSettings,
      new Date(),
      labelled,
    );
    expect(estimate?.reference).toBeCloseTo(0.9, 10);
    expect(estimate?.by_threshold?.value).toBeGreaterThan(0.8);
    expect(estimate?.by_confidence?.value).toBeGreaterThan(0.8);
    expect(reportOf(() => ({})).estimated_accuracy?.by_threshold).toBeNull();
  });

  it.each(clinics.slice(0, 3).map((clinic) => [clinic.name, clinic] as const))(
    "raises no more alarms than it may: %s",
    (_, clinic) => {
      expect(measureFalseAlarms(clinic, 15)).toBeLessThanOrEqual(0.14);
    },
    60_000,
  );
});

describe("the features of whole records", () => {
  /** Answers of so many classes with features: two of a patient are alike, whose confidence has nothing in common. */
  function answer(count: number, classes: number, shift: number, seed: number) {
    const random = createRandom(seed);
    const names = Array.from({ length: classes }, (_, index) => `class_${index}`);
    let ofPatient: number[] = [];
    return createPredictionRecords(count, (index) => {
      if (index % 2 === 0) ofPatient = Array.from({ length: 8 }, () => random() + shift);
      const values = names.map(() => 0.1 + random());
      const sum = values.reduce((total, value) => total + value, 0);
      return {
        probabilities: Object.fromEntries(names.map((name, at) => [name, (values[at] as number) / sum])),
        predicted_class: names[values.indexOf(Math.max(...values))] as string,
        confidence: (100 * Math.max(...values)) / sum,
        feature_projection: encodeFeatureProjection(
          Float32Array.from(ofPatient, (value) => value + random() / 10),
        ),
      };
    });
  }
  const options = { language: "en", minimumRecords: 50 } as const;

  it("drift alone however many classes there are", () => {
    const compared = compareWindows(
      windowOfRows(answer(200, 30, 0, 5)),
      windowOfRows(answer(100, 30, 0.5, 6)),
      options,
    );
    expect(compared.filter(({ severity }) => severity !== "ok")).toMatchObject([
      { name: "feature_projection", severity: "drift" },
    ]);
  });

  it("are compared in blocks of patients although their confidence shows none", () => {
    const reference = windowOfRows(answer(200, 4, 0, 5));
    const compare = (blockLength: number) =>
      compareVectors(
        reference,
        { ...windowOfRows(answer(100, 4, 0.1, 6)), blockLength },
        { ...options, others: 14 },
      )[0]?.p_value;
    expect(compare(1)).toBe(compare(2));
  });

  it("of a sample are compared by the patients of the reference", () => {
    const pValues = Array.from({ length: 12 }, (_, seed) => {
      const rows = simulateRecords(300, { photographsPerPatient: 4, sharedPart: 0.9 }, 100 + seed);
      // The sample of a large window hardly ever has two photographs of one patient.
      const sample = simulateRecords(200, { photographsPerPatient: 1, sharedPart: 0.9 }, 200 + seed);
      const current = { ...windowOfRows(sample), isBinned: true };
      const compared = compareVectors(windowOfRows(rows), current, { ...options, others: 0 });
      return compared.find(({ name }) => name === "probabilities")?.p_value ?? 0;
    });
    expect(pValues.filter((pValue) => pValue <= 0.05).length).toBeLessThanOrEqual(2);
  });
});

describe("a reference window", () => {
  const row = { probabilities: { a: 0.25, b: 0.75 } };

  it("takes class and confidence from the probabilities", () => {
    const { rows } = parseReferenceWindow(linesOf(new Array(100).fill(row)), "window.jsonl");
    expect(rows).toHaveLength(100);
    expect(rows[0]).toMatchObject({ predicted_class: "b", confidence: 75 });
  });

  it("passes over an inference log's other records and empty lines", () => {
    const text = linesOf([...new Array(100).fill(row), { kind: "health_check", healthy: true }]);
    expect(parseReferenceWindow(`${text}\n\n`, "window.jsonl").rows).toHaveLength(100);
  });

  it.each([
    ["no JSON", "{"],
    ["no probabilities", "{}"],
    ["one class", JSON.stringify({ probabilities: { a: 1 } })],
    ["a probability above 1", JSON.stringify({ probabilities: { a: 2, b: 0 } })],
  ])("names the line that is %s", (_, line) => {
    const text = `${linesOf(new Array(100).fill(row))}\n${line}`;
    expect(() => parseReferenceWindow(text, "window.jsonl")).toThrow(
      /window\.jsonl, line 101: expected a prediction with probabilities/,
    );
  });

  it("says when it is too short", () => {
    expect(() => parseReferenceWindow(linesOf(new Array(99).fill(row)), "window.jsonl")).toThrow(
      "Expected at least 100 predictions in the reference window window.jsonl but received 99",
    );
  });
});
