import { describe, expect, it } from "vitest";
import { listFigures } from "../../../../shared/drift/figures/figures.ts";
import { kolmogorovSmirnov } from "../../../../shared/drift/statistics/kolmogorov-smirnov.ts";
import { computeMean, computeStandardDeviation } from "../../../../shared/drift/statistics/moments.ts";
import { normedWasserstein } from "../../../../shared/drift/statistics/wasserstein.ts";
import { deviationOf, listValues } from "../../../../shared/drift/summary/binned-values.ts";
import { keepFrequent } from "../../../../shared/drift/summary/counts.ts";
import { mergeSummaries, summariseRecords } from "../../../../shared/drift/summary/hour-summary.ts";
import { countSessions } from "../../../../shared/drift/summary/prediction-group.ts";
import { hourSummarySchema, type PredictionGroup } from "../../../../shared/schemas/hour-summary.ts";
import type { PredictionRecord } from "../../../../shared/schemas/inference-record.ts";
import { simulateRecords } from "../../../bench/drift/simulated-clinic.ts";
import {
  createImageMeasures,
  createPredictionRecord,
  createPredictionRecords,
} from "../../../support/prediction-records.ts";

const clinic = { photographsPerPatient: 3, sharedPart: 0.5 };
const records = simulateRecords(6_000, clinic, 5);

const onlyGroup = (given: readonly PredictionRecord[]) => {
  const { groups } = summariseRecords(given);
  expect(groups).toHaveLength(1);
  return groups[0] as PredictionGroup;
};

/** Like compaction: each part by itself, kept as text, then added up. */
function summariseInParts(given: readonly PredictionRecord[], parts: number): PredictionGroup {
  const size = given.length / parts;
  const summaries = Array.from({ length: parts }, (_, part) =>
    hourSummarySchema.parse(
      JSON.parse(JSON.stringify(summariseRecords(given.slice(part * size, (part + 1) * size)))),
    ),
  );
  return summaries.reduce(mergeSummaries).groups[0] as PredictionGroup;
}

describe("an hour summary", () => {
  it("is the same of one hour and of its parts, whatever their order", () => {
    const whole = onlyGroup(records);
    const merged = summariseInParts(records, 12);
    const backwards = mergeSummaries(
      summariseRecords(records.slice(3_000)),
      summariseRecords(records.slice(0, 3_000)),
    ).groups[0];
    for (const other of [merged, backwards as PredictionGroup]) {
      const { figures, class_autocorrelation_time: _, pictures, ...exact } = other;
      expect(exact).toEqual({
        ...exact,
        predictions: 6_000,
        class_counts: whole.class_counts,
        least_sure: whole.least_sure,
        sample: whole.sample,
        session_hashes: whole.session_hashes,
      });
      expect(pictures).toMatchObject({ measured: 6_000, dark: 0, plain: 0 });
      for (const [name, values] of Object.entries(figures)) {
        expect(values.bins).toEqual(whole.figures[name]?.bins);
        expect(values.mean).toBeCloseTo(whole.figures[name]?.mean as number, 9);
        expect(values.squares / (whole.figures[name]?.squares as number)).toBeCloseTo(1, 9);
      }
    }
  });

  it("knows means, deviations and extremes exactly, and distances to within the published error", () => {
    const merged = summariseInParts(records, 12);
    const other = simulateRecords(6_000, clinic, 6, () => ({ lessSure: 0.4, timeFactor: 1.1 }));
    for (const { name, read, bins } of listFigures(Object.keys(records[0]?.probabilities ?? {}))) {
      const values = records.flatMap((record) => read(record) ?? []);
      const others = other.flatMap((record) => read(record) ?? []);
      const binned = merged.figures[name];
      if (binned === undefined) throw new Error(`No figure ${name}`);
      expect(binned.mean).toBeCloseTo(computeMean(values) as number, 9);
      expect(deviationOf(binned)).toBeCloseTo(computeStandardDeviation(values) as number, 9);
      expect([binned.minimum, binned.maximum]).toEqual([Math.min(...values), Math.max(...values)]);
      const listed = listValues(binned, bins, 5_000);
      const listedOthers = listValues(onlyGroup(other).figures[name] as typeof binned, bins, 5_000);
      const distances = (of: typeof normedWasserstein) => [
        of.compute(values, others),
        of.compute(listed, listedOthers),
      ];
      const [ks = 0, ksListed = 0] = distances(kolmogorovSmirnov);
      expect(Math.abs(ks - ksListed), `${name}: Kolmogorov-Smirnov`).toBeLessThan(0.02);
      const [wasserstein = 0, wassersteinListed = 0] = distances(normedWasserstein);
      expect(Math.abs(wasserstein - wassersteinListed), `${name}: Wasserstein`).toBeLessThan(0.02);
    }
  });

  it("keeps versions and deployments apart", () => {
    const mixed = createPredictionRecords(30, (index) => ({
      environment: index % 2 === 0 ? "clinic-a" : "clinic-b",
      model: { name: "m", version: index < 10 ? "1" : "2", source: "mlflow_registry", engine: "onnx" },
    }));
    const counts = summariseRecords(mixed).groups.map(({ model_version, deployment, predictions }) => [
      model_version,
      deployment,
      predictions,
    ]);
    expect(counts).toEqual([
      ["m/1", "clinic-a", 5],
      ["m/1", "clinic-b", 5],
      ["m/2", "clinic-a", 10],
      ["m/2", "clinic-b", 10],
    ]);
  });

  it("counts dark, plain and repeated pictures, and decisions", () => {
    const pictures = createPredictionRecords(1_000, (index) => ({
      decision: index < 300 ? "ungradable" : index < 400 ? "uncertain" : "confident",
      image_measures: createImageMeasures(
        index,
        index < 200 ? { brightness: 2 } : index < 300 ? { contrast: 1 } : {},
      ),
    }));
    const same = createImageMeasures(7, { sharpness: 1 });
    const repeated = pictures.map((record, index) =>
      index % 4 === 3 ? { ...record, image_measures: same } : record,
    );
    const group = summariseInParts(repeated, 10);
    expect(group.pictures).toMatchObject({ measured: 1_000, dark: 150, plain: 75 });
    const most = Math.max(...Object.values(group.pictures.repeated));
    expect(most).toBeGreaterThanOrEqual(240);
    expect(most).toBeLessThanOrEqual(250);
    expect(group.decision_counts).toEqual({ ungradable: 300, uncertain: 100, confident: 600 });
  });

  it("estimates how many sessions there were", () => {
    const sessions = Array.from({ length: 3_000 }, (_, index) =>
      createPredictionRecord(index, {
        session_id: `00000000-0000-4000-8000-${String(index % 1_500).padStart(12, "0")}`,
      }),
    );
    expect(countSessions(onlyGroup(sessions.slice(0, 200)))).toBe(200);
    const estimate = countSessions(summariseInParts(sessions, 3));
    expect(Math.abs(estimate / 1_500 - 1)).toBeLessThan(0.2);
  });

  it("is of predictions alone, survives unusual class names, and may be empty", () => {
    expect(summariseRecords([])).toEqual({ format: 1, groups: [] });
    const odd = createPredictionRecords(4, () => ({
      predicted_class: "constructor",
      probabilities: { constructor: 0.75, toString: 0.25 },
    }));
    const merged = mergeSummaries(summariseRecords(odd), summariseRecords(odd.slice(0, 1)));
    expect(merged.groups[0]?.class_counts).toEqual({ constructor: 5 });
    expect(merged.groups[0]?.figures.prob_constructor?.count).toBe(5);
  });

  it("does not grow with the number of predictions", () => {
    const length = (given: readonly PredictionRecord[]) => JSON.stringify(summariseRecords(given)).length;
    expect(length(records)).toBeLessThan(1.5 * length(records.slice(0, 2_000)));
  });
});

it("never loses a name that is frequent, when counts are cut", () => {
  expect(keepFrequent({ a: 9, b: 1, c: 2, d: 1 }, 2)).toEqual({ a: 8, c: 1 });
});
