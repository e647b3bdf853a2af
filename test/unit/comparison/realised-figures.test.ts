import { describe, expect, it } from "vitest";
import { computeRealisedFigures } from "../../../shared/comparison/realised-figures.ts";
import { estimateProportion } from "../../../shared/statistics/proportion-interval.ts";

describe("a share with its interval", () => {
  it.each([
    // statsmodels.stats.proportion.proportion_confint(method="wilson")
    [0, 10, 0, 0.2775327998628892],
    [8, 10, 0.4901624715004724, 0.9433178485456247],
    [81, 263, 0.25525, 0.36621],
  ])("%i of %i", (successes, trials, low, high) => {
    const estimate = estimateProportion(successes, trials);
    expect(estimate.value).toBe(successes / trials);
    expect(estimate.low).toBeCloseTo(low, 4);
    expect(estimate.high).toBeCloseTo(high, 4);
  });

  it("is unknown without trials", () => {
    expect(estimateProportion(0, 0)).toEqual({ value: null, low: null, high: null });
  });
});

describe("figures by labels", () => {
  const answers = [
    ...Array.from({ length: 6 }, () => ({ label: "ill", predicted_class: "ill" })),
    ...Array.from({ length: 2 }, () => ({ label: "ill", predicted_class: "well" })),
    ...Array.from({ length: 9 }, () => ({ label: "well", predicted_class: "well" })),
    { label: "well", predicted_class: "ill" },
  ];

  it("are accuracy, and sensitivity and specificity of each class", () => {
    const figures = computeRealisedFigures(answers, ["well", "ill", "other"]);
    expect(figures.labelled).toBe(18);
    expect(figures.accuracy.value).toBeCloseTo(15 / 18);
    expect(
      figures.classes.map(({ label, labelled, sensitivity, specificity }) => [
        label,
        labelled,
        sensitivity.value,
        specificity.value,
      ]),
    ).toEqual([
      ["well", 10, 0.9, 0.75],
      ["ill", 8, 0.75, 0.9],
      ["other", 0, null, 1],
    ]);
  });

  it("include classes that labels alone name", () => {
    const figures = computeRealisedFigures([{ label: "rare", predicted_class: "well" }], ["well"]);
    expect(figures.classes.map(({ label }) => label)).toEqual(["well", "rare"]);
  });
});
