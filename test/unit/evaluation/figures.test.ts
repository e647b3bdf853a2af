import { describe, expect, it } from "vitest";
import { toAnswers } from "../../../shared/evaluation/answers.ts";
import { computeAreaUnderCurve } from "../../../shared/evaluation/area-under-curve.ts";
import { computeCalibration, computeCalibrationError } from "../../../shared/evaluation/calibration.ts";
import {
  computeOfClass,
  computeOverall,
  computePairAuc,
  countConfusion,
} from "../../../shared/evaluation/figures.ts";
import { labels, photographsOf } from "./answers-of.ts";

describe("the area under the curve", () => {
  it.each<[string, number[], boolean[], number | null]>([
    ["all above", [0.1, 0.2, 0.8, 0.9], [false, false, true, true], 1],
    ["all below", [0.9, 0.8, 0.1], [false, false, true], 0],
    ["three pairs of four", [0.1, 0.4, 0.35, 0.8], [false, false, true, true], 0.75],
    ["a tie counts half", [0.5, 0.5, 0.2], [true, false, false], 0.75],
    ["one side alone", [0.5, 0.7], [true, true], null],
    ["nothing", [], [], null],
  ])("%s", (_, scores, isOfClass, area) => {
    expect(computeAreaUnderCurve(scores, isOfClass)).toBe(area);
  });

  it("is the share of pairs in the right order", () => {
    const scores = Array.from({ length: 60 }, (_, index) => (index * 37) % 23);
    const isOfClass = scores.map((_, index) => (index * 7) % 5 < 2);
    let right = 0;
    let pairs = 0;
    for (const [i, ofClass] of isOfClass.entries()) {
      for (const [j, other] of isOfClass.entries()) {
        if (!ofClass || other) continue;
        pairs++;
        const difference = (scores[i] as number) - (scores[j] as number);
        right += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
      }
    }
    expect(computeAreaUnderCurve(scores, isOfClass)).toBeCloseTo(right / pairs, 12);
  });
});

describe("calibration", () => {
  const answers = toAnswers(
    photographsOf("a", ["glaucoma", 0.95], ["glaucoma", 0.95], ["normal", 0.95], ["normal", 0.3]),
    labels,
  );

  it("puts confidence beside accuracy", () => {
    const bins = computeCalibration(answers);
    expect(bins[9]).toMatchObject({ from: 0.9, to: 1, photographs: 3, accuracy: 2 / 3 });
    expect(bins[9]?.confidence).toBeCloseTo(0.95, 12);
    expect(bins[6]).toMatchObject({ photographs: 1, confidence: 0.7, accuracy: 1 });
    expect(bins[0]).toMatchObject({ photographs: 0, confidence: null, accuracy: null });
  });

  it("has an error weighted by the photographs of each bin", () => {
    expect(computeCalibrationError(answers)).toBeCloseTo((3 / 4) * (0.95 - 2 / 3) + (1 / 4) * 0.3, 12);
    expect(computeCalibrationError([])).toBeNull();
  });
});

describe("the figures", () => {
  const photographs = [
    ...photographsOf("large", ["glaucoma", 0.9], ["glaucoma", 0.8], ["glaucoma", 0.7], ["glaucoma", 0.6]),
    ...photographsOf("small", ["glaucoma", 0.1], ["normal", 0.6], ["normal", 0.2], ["normal", 0.05]),
  ];
  const answers = toAnswers(photographs, labels);

  it("count what was called what", () => {
    expect(countConfusion(answers, 2)).toEqual([
      [4, 1],
      [1, 2],
    ]);
  });

  it("hold of one class against the others", () => {
    const { recall, specificity, precision, f1 } = computeOfClass(answers, 0);
    expect({ recall, specificity, precision }).toEqual({
      recall: 4 / 5,
      specificity: 2 / 3,
      precision: 4 / 5,
    });
    expect(f1).toBeCloseTo(4 / 5, 12);
  });

  it("let a small source count as much as a large one", () => {
    const { accuracy, source_averaged_recall, confident_share, confident_accuracy } = computeOverall(
      answers,
      2,
      0.9,
    );
    expect(accuracy).toBe(6 / 8);
    // Glaucoma: 1 in the large source, 0 in the small one; normal: 2 of 3.
    expect(source_averaged_recall).toBeCloseTo((0.5 + 2 / 3) / 2, 12);
    // At 0.90 and above: 0.9 glaucoma (right), 0.9 normal of a glaucoma (wrong), 0.95 normal (right).
    expect(confident_share).toBe(3 / 8);
    expect(confident_accuracy).toBeCloseTo(2 / 3, 12);
  });

  it("tell two classes of one source apart", () => {
    const small = answers.filter(({ source }) => source === "small");
    expect(computePairAuc(small, 0, 1)).toBeCloseTo(1 / 3, 12);
  });

  it("refuse a class that the model does not know", () => {
    expect(() => toAnswers(photographsOf("a", ["cataract", 0.5]), labels)).toThrow(
      "Expected one of glaucoma, normal for a/0.jpg but received cataract",
    );
  });
});
