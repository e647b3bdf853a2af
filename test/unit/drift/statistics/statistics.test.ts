import { describe, expect, it } from "vitest";
import { scores } from "../../../../shared/drift/compare-windows.ts";
import { computeAutocorrelationTime } from "../../../../shared/drift/statistics/autocorrelation-time.ts";
import { adjustPValues } from "../../../../shared/drift/statistics/benjamini-hochberg.ts";
import { computeChiSquare, computeChiSquareP } from "../../../../shared/drift/statistics/chi-square.ts";
import {
  estimateAccuracyByConfidence,
  estimateAccuracyByThreshold,
} from "../../../../shared/drift/statistics/estimated-accuracy.ts";
import { computeSharedHistogram } from "../../../../shared/drift/statistics/histogram.ts";
import { computeKolmogorovSmirnovP } from "../../../../shared/drift/statistics/kolmogorov-smirnov.ts";
import { compareByKernel } from "../../../../shared/drift/statistics/maximum-mean-discrepancy.ts";
import { countNames } from "../../../../shared/drift/summary/counts.ts";
import references from "../../../fixtures/drift/references.json" with { type: "json" };
import { createRandom, shuffle } from "../../../support/random.ts";

/** Within 1e-9 of the expected value, because a probability may be arbitrarily small. */
function expectEqual(actual: number, expected: number, what: string): void {
  expect(
    Math.abs(actual - expected) / Math.abs(expected),
    `${what}: ${actual}, not ${expected}`,
  ).toBeLessThan(1e-9);
}

const { scipy, evidently, nannyml } = references.versions;

describe(`the statistics of numbers, against scipy ${scipy} and Evidently ${evidently}`, () => {
  it.each(references.numbers.map((sample, index) => [index, sample] as const))("sample %d", (_, sample) => {
    const { reference, current } = sample;
    for (const statistic of scores) {
      const expected = sample[statistic.name as "psi"];
      expect(expected, `${statistic.name} in references.json`).toBeTypeOf("number");
      expectEqual(statistic.compute(reference, current), expected, statistic.name);
    }
    const p = computeKolmogorovSmirnovP(sample.kolmogorov_smirnov, reference.length, current.length);
    expectEqual(p, sample.kolmogorov_smirnov_p, "p of Kolmogorov-Smirnov");
    const { edges } = computeSharedHistogram(reference, current);
    expect(edges).toHaveLength(sample.edges.length);
    for (const [index, edge] of edges.entries()) expect(edge).toBeCloseTo(sample.edges[index] as number, 12);
  });

  it("know the pairs in scipy's own tests", () => {
    expectEqual(computeKolmogorovSmirnovP(2 / 3, 3, 3), 0.6, "2/3");
    expectEqual(computeKolmogorovSmirnovP(1 / 2, 4, 2), 14 / 15, "1/2 of four and two");
  });

  it("give Kolmogorov's limit for large samples", () => {
    for (const [x = 0, expected = 0] of references.limit_p) {
      const size = 10_000_000;
      expectEqual(computeKolmogorovSmirnovP(x / Math.sqrt(size / 2), size, size), expected, `limit at ${x}`);
    }
  });

  it("do not change with the order of values", () => {
    const random = createRandom(31);
    const { reference = [], current = [] } = references.numbers[1] ?? {};
    for (const statistic of scores) {
      expect(statistic.compute(shuffle(reference, random), shuffle(current, random))).toBeCloseTo(
        statistic.compute(reference, current),
        12,
      );
    }
  });

  it.each(scores)(
    "are 0 for a sample and itself, finite for one value, and refuse no values: $name",
    (statistic) => {
      expect(statistic.compute([1, 2, 3, 4], [1, 2, 3, 4])).toBeCloseTo(0, 12);
      expect(statistic.compute([5, 5], [5, 5, 5])).toBeCloseTo(0, 12);
      expect(Number.isFinite(statistic.compute([5, 5], [6]))).toBe(true);
      expect(() => statistic.compute([], [1])).toThrow(/Expected two samples but received 0 reference/);
    },
  );
});

describe(`chi-square, against scipy ${scipy}`, () => {
  it.each(references.classes.map((sample, index) => [index, sample] as const))("sample %d", (_, sample) => {
    const { statistic, degreesOfFreedom } = computeChiSquare(
      countNames(sample.reference),
      countNames(sample.current),
    );
    expectEqual(statistic, sample.chi_square, "statistic");
    expectEqual(computeChiSquareP(statistic, degreesOfFreedom), sample.chi_square_p, "p");
  });

  it("finds nothing where every value is the same", () => {
    const same = computeChiSquare({ normal: 1 }, { normal: 2 });
    expect(computeChiSquareP(same.statistic, same.degreesOfFreedom)).toBe(1);
  });
});

describe("the correction for many tests", () => {
  it(`equals scipy ${scipy}`, () => {
    const adjusted = adjustPValues(references.p_values.given);
    for (const [index, expected] of references.p_values.adjusted.entries()) {
      expectEqual(adjusted[index] as number, expected, `p ${index}`);
    }
    expect(adjustPValues([])).toEqual([]);
  });
});

describe("accuracy without labels", () => {
  const sharesAtOf = (rows: readonly { confidence: number }[]) => (value: number) => ({
    above: rows.filter(({ confidence }) => confidence > value).length / rows.length,
    tied: rows.filter(({ confidence }) => confidence === value).length / rows.length,
  });

  it(`equals NannyML ${nannyml} by confidence`, () => {
    const { confidences, accuracy } = references.accuracy;
    const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const moments = { mean: meanOf(confidences), meanOfSquares: meanOf(confidences.map((c) => c * c)) };
    const estimate = estimateAccuracyByConfidence(moments, confidences.length);
    expectEqual(estimate.value, accuracy, "accuracy");
    expect(estimate.standardError).toBeCloseTo(0.027, 2);
  });

  it("gives the reference its own accuracy by threshold", () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 500 }, () => {
      const confidence = random();
      return { confidence, correct: random() < confidence };
    });
    const accuracy = rows.filter(({ correct }) => correct).length / rows.length;
    const estimate = estimateAccuracyByThreshold(rows, sharesAtOf(rows), rows.length);
    expect(estimate.value).toBeCloseTo(accuracy, 12);
    const never = [{ confidence: 0.9, correct: false }];
    expect(estimateAccuracyByThreshold(never, sharesAtOf(never), 1).value).toBe(0);
  });

  it("counts of the answers at the threshold as many as in the reference", () => {
    // 75 of 100 answers are entirely sure, and 60 are right.
    const rows = Array.from({ length: 100 }, (_, index) => ({
      confidence: index < 75 ? 100 : 50 + index / 10,
      correct: index % 5 < 3,
    }));
    expect(estimateAccuracyByThreshold(rows, sharesAtOf(rows), 100).value).toBeCloseTo(0.6, 12);
    const lessSure = rows.map((row, index) => (index < 25 ? { ...row, confidence: 60 } : row));
    expect(estimateAccuracyByThreshold(rows, sharesAtOf(lessSure), 100).value).toBeCloseTo(0.4, 12);
  });
});

describe("how many records say as much as one", () => {
  const seriesOf = (perPatient: number, seed: number) => {
    const random = createRandom(seed);
    let patient = 0;
    return Array.from({ length: 4000 }, (_, index) => {
      if (index % perPatient === 0) patient = random();
      return patient;
    });
  };

  it.each([1, 3, 6])("finds %d photographs per patient", (perPatient) => {
    const time = computeAutocorrelationTime(seriesOf(perPatient, 4));
    expect(time).toBeGreaterThan(perPatient * 0.8);
    expect(time).toBeLessThan(perPatient * 1.7 + 0.3);
  });

  it("finds nothing to count in a window that never varies", () => {
    expect(computeAutocorrelationTime(new Array(100).fill(3))).toBe(1);
    expect(computeAutocorrelationTime([])).toBe(1);
  });
});

describe("the comparison by kernel", () => {
  const rowsOf = (count: number, shift: number, seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: count }, () => [random() + shift, random() - shift, random()]);
  };

  it("tells a shift of two columns from none", () => {
    const options = () => ({ blockLength: 1, comparisons: 25, random: createRandom(17) });
    expect(compareByKernel(rowsOf(150, 0, 1), rowsOf(100, 0, 2), options()).pValue).toBeGreaterThan(0.05);
    expect(compareByKernel(rowsOf(150, 0, 1), rowsOf(100, 0.3, 2), options()).pValue).toBe(1 / 1_001);
  });
});
