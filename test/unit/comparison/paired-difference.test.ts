import { describe, expect, it } from "vitest";
import { comparePhotographs } from "../../../shared/comparison/compare-photographs.ts";
import { judgePhotographs } from "../../../shared/comparison/judge-photographs.ts";
import {
  type AnsweredPair,
  comparePairs,
  testMcnemar,
} from "../../../shared/comparison/paired-difference.ts";
import { createRandom } from "../../support/random.ts";

/** Photographs of which the first alone, the second alone, both, or none is right about. */
function pairsOf(
  first: number,
  second: number,
  both: number,
  none: number,
  patients?: number,
): AnsweredPair[] {
  const cells = [
    ...Array.from({ length: first }, () => [true, false]),
    ...Array.from({ length: second }, () => [false, true]),
    ...Array.from({ length: both }, () => [true, true]),
    ...Array.from({ length: none }, () => [false, false]),
  ];
  return cells.map(([isFirstRight = false, isSecondRight = false], index) => ({
    patient: `${patients === undefined ? index : Math.floor((index * patients) / cells.length)}`,
    isFirstRight,
    isSecondRight,
  }));
}

describe("McNemar's exact test", () => {
  it.each([
    // scipy.stats.binomtest(k, n, 0.5).pvalue
    [1, 9, 0.021484375],
    [5, 5, 1],
    [0, 6, 0.03125],
    [12, 30, 0.007915897334896727],
    [3, 40, 3.0213413992896676e-9],
    [250, 310, 0.012590475149380293],
    [900, 1_100, 8.45708953550381e-6],
    [4_980, 5_020, 0.6965385849767898],
    [100_000, 101_000, 0.02586239243973295],
  ])("of %i against %i", (first, second, pValue) => {
    expect(Math.abs((testMcnemar(first, second) ?? -1) - pValue)).toBeLessThan(1e-9);
    expect(testMcnemar(second, first)).toBe(testMcnemar(first, second));
  });

  it("says nothing where nothing distinguishes them", () => {
    expect(testMcnemar(0, 0)).toBeNull();
  });

  it("holds for many photographs", () => {
    expect(testMcnemar(5_000, 5_000)).toBe(1);
  });
});

describe("the paired difference", () => {
  it.each([
    // Fagerland, Lydersen and Laake 2014 (airway hyper-responsiveness); then z^2 / (n + z^2), the maximum of the
    // likelihood by search, and (n - z^2) / (n + z^2)
    [7, 1, 21, -0.517, -0.026],
    [0, 0, 35, -0.0989, 0.0989],
    [10, 30, 100, 0.0795, 0.317],
    [0, 4, 4, 0.0202, 1],
    [4, 0, 4, -1, -0.0202],
  ])("of %i against %i of %i has Tango's interval", (first, second, count, low, high) => {
    const { difference, pairs } = comparePairs(pairsOf(first, second, count - first - second, 0));
    expect(pairs).toBe(count);
    expect(difference.value).toBeCloseTo((second - first) / count);
    expect(difference.low).toBeCloseTo(low, 3);
    expect(difference.high).toBeCloseTo(high, 3);
  });

  it("of photographs that are alike in each patient says as much as one of each", () => {
    // Student's quantile for 39 degrees of freedom squared, 2.0227 ** 2: with nothing between them, t^2 / (n + t^2)
    const { low } = comparePairs(pairsOf(0, 0, 400, 0, 40)).difference;
    expect(low).toBeCloseTo(-4.0913 / 44.0913, 4);
    expect(comparePairs(pairsOf(0, 0, 100, 0, 1)).difference).toEqual({ value: 0, low: -1, high: 1 });
  });

  it("does not take ten patients for a hundred because the versions differ about one photograph", () => {
    const { low } = comparePairs(pairsOf(1, 0, 99, 0, 10)).difference;
    expect(low).toBeLessThan(-0.25);
  });

  it("is less certain where photographs are of few patients", () => {
    const independent = comparePairs(pairsOf(10, 30, 50, 10)).difference;
    const clustered = comparePairs(pairsOf(10, 30, 50, 10, 10)).difference;
    expect(clustered.value).toBe(independent.value);
    expect((clustered.high ?? 0) - (clustered.low ?? 0)).toBeGreaterThan(
      (independent.high ?? 0) - (independent.low ?? 0),
    );
  });

  it.each([
    [
      [100, 1],
      [4, 30],
    ],
    [
      [180, 1],
      [20, 10],
    ],
    [
      [100, 2],
      [10, 12],
    ],
  ])(
    "of %j and %j [patients, photographs of each] holds a loss of 0.1 in 400 simulated sets",
    (...groups) => {
      const sizes = groups.flatMap(([count = 0, size = 0]) => Array.from({ length: count }, () => size));
      const random = createRandom(1);
      let missed = 0;
      for (let set = 0; set < 400; set += 1) {
        const pairs = sizes.flatMap((size, patient) => {
          const isSecondRight = random() >= 0.1;
          return Array.from({ length: size }, () => ({
            patient: `${patient}`,
            isFirstRight: true,
            isSecondRight,
          }));
        });
        if ((comparePairs(pairs).difference.low ?? -1) > -0.1) missed += 1;
      }
      expect(missed / 400).toBeLessThan(0.04);
    },
  );

  it("is unknown without photographs, and not certain for two that are alike", () => {
    expect(comparePairs([]).difference).toEqual({ value: null, low: null, high: null });
    const { low, high } = comparePairs(pairsOf(0, 0, 2, 0)).difference;
    expect(low).toBeLessThan(-0.3);
    expect(high).toBeGreaterThan(0.3);
  });
});

describe("two versions on photographs", () => {
  const photograph = (file: string, label: string, probabilities: number[]) => ({
    file,
    label,
    probabilities,
    source: "clinic",
    patient: file,
  });

  it("are compared by name of class, whatever the order of their labels", () => {
    const comparison = comparePhotographs(
      [
        [
          photograph("1", "a", [0.9, 0.1]),
          photograph("2", "b", [0.8, 0.2]),
          photograph("3", "b", [0.1, 0.9]),
        ],
        [photograph("1", "a", [0.1, 0.9]), photograph("2", "b", [0.7, 0.3])],
      ],
      [
        ["a", "b"],
        ["b", "a"],
      ],
      [0.1, null],
    );
    expect(comparison).toMatchObject({
      photographs: 2,
      agreement: { value: 0.5 },
      accuracy: { pairs: 2, firstAlone: 0, secondAlone: 1 },
      differing: [{ id: "2", first: "a", second: "b", label: "b" }],
      calibration_error: [0.1, null],
    });
    expect(comparison.realised.map(({ labelled, accuracy }) => [labelled, accuracy.value])).toEqual([
      [2, 0.5],
      [2, 1],
    ]);
    expect(comparison.classes.map(({ label, sensitivity }) => [label, sensitivity.difference.value])).toEqual(
      [
        ["a", 0],
        ["b", 1],
      ],
    );
  });

  it("name what could not be read once, whichever version could not", () => {
    const unreadable = { file: "4", reason: "Expected an image" };
    expect(comparePhotographs([[], []], [[], []], [null, null], [unreadable, unreadable]).unanswered).toEqual(
      [unreadable],
    );
  });

  /** So many photographs of a class that the first alone, and that the second alone, is right about; both are about ten. */
  const ofClass = (label: string, firstAlone: number, secondAlone: number) => {
    const right = label === "a" ? [1, 0] : [0, 1];
    const wrong = label === "a" ? [0, 1] : [1, 0];
    const answers = (count: number, first: number[], second: number[]) =>
      Array.from({ length: count }, () => ({ first, second }));
    return [
      ...answers(10, right, right),
      ...answers(firstAlone, right, wrong),
      ...answers(secondAlone, wrong, right),
    ].map((answer, index) => ({ file: `${label}-${index}`, label, ...answer }));
  };
  it.each([
    [
      "more often right",
      ofClass("a", 0, 9),
      "better",
      /^Version 7 is right more often than version 6 on these photographs\.$/,
    ],
    ["less often right", ofClass("a", 9, 0), "worse", /^Version 7 is worse .*: it finds less of a\.$/],
    [
      "the same",
      ofClass("a", 2, 2),
      "unknown",
      /^Version 7 and version 6 cannot be distinguished .*photographs\.$/,
    ],
    [
      "the same, at the expense of a class",
      [...ofClass("a", 0, 9), ...ofClass("b", 9, 0)],
      "unknown",
      /cannot be distinguished .*, but it finds less of b\.$/,
    ],
    [
      "better, at the expense of a class",
      [...ofClass("a", 0, 40), ...ofClass("b", 9, 0)],
      "unknown",
      /right more often .*, but it finds less of b\.$/,
    ],
    ["of no photograph", [], "unknown", /no photograph in common/],
  ])("are judged: %s", (_, answers, finding, verdict) => {
    const comparison = comparePhotographs(
      [
        answers.map(({ file, label, first }) => photograph(file, label, first)),
        answers.map(({ file, label, second }) => photograph(file, label, second)),
      ],
      [
        ["a", "b"],
        ["a", "b"],
      ],
      [null, null],
    );
    const judgement = judgePhotographs(comparison, ["6", "7"]);
    expect(judgement.finding).toBe(finding);
    expect(judgement.verdict).toMatch(verdict);
  });
});
