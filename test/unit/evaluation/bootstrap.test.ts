import { expect, it } from "vitest";
import { isRight, shareOf, toAnswers } from "../../../shared/evaluation/answers.ts";
import { estimateByPatient } from "../../../shared/evaluation/bootstrap.ts";
import { computeOfClass } from "../../../shared/evaluation/figures.ts";
import { labels, photographsOf } from "./answers-of.ts";

const right: [string, number] = ["glaucoma", 0.9];
const wrong: [string, number] = ["glaucoma", 0.1];

/** 50 right and 50 wrong answers, of `patients` patients each. */
const halfRight = (patients: number) =>
  photographsOf(
    "a",
    ...Array.from({ length: 100 }, (_, index): [string, number, string] => [
      ...(index < 50 ? right : wrong),
      `${index < 50 ? "right" : "wrong"} ${index % patients}`,
    ]),
  );

const estimate = (photographs: ReturnType<typeof photographsOf>, seed = 1) =>
  estimateByPatient(
    toAnswers(photographs, labels),
    (answers) => ({ accuracy: shareOf(answers, isRight), nothing: null }),
    { replicates: 1000, seed },
  );

it("gives the interval of independent patients", () => {
  // Of 100 independent answers, half of them right, the standard error is 0.05.
  const { value, low, high } = estimate(halfRight(50)).accuracy;
  expect(value).toBe(0.5);
  expect(low).toBeGreaterThan(0.38);
  expect(low).toBeLessThan(0.43);
  expect(high).toBeGreaterThan(0.57);
  expect(high).toBeLessThan(0.62);
});

it("keeps the photographs of a patient together", () => {
  expect(estimate(halfRight(1)).accuracy).toEqual({ value: 0.5, low: 0, high: 1 });
});

it("draws within each source, so that none vanishes", () => {
  const five = <T>(value: T) => Array.from({ length: 5 }, () => value);
  const photographs = [...photographsOf("a", ...five(right)), ...photographsOf("b", ...five(wrong))];
  // All resamples agree: Wilson's interval of five successes in ten trials.
  const { value, low, high } = estimate(photographs).accuracy;
  expect(value).toBe(0.5);
  expect([low, high]).toEqual([expect.closeTo(0.2366, 4), expect.closeTo(0.7634, 4)]);
});

it("draws sources of few patients together, since one patient alone never varies", () => {
  const ofOne = Array.from({ length: 47 }, (_, index) =>
    photographsOf(`a${index}`, index < 23 ? right : wrong),
  );
  const { low, high } = estimate([...ofOne.flat(), ...photographsOf("b", right, right, wrong)]).accuracy;
  // Of 50 independent answers, half of them right, the standard error is 0.07.
  expect(low).toBeGreaterThan(0.32);
  expect(low).toBeLessThan(0.4);
  expect(high).toBeGreaterThan(0.6);
  expect(high).toBeLessThan(0.68);
});

it("is not certain of a class because all its photographs are answered rightly", () => {
  const others = Array.from({ length: 40 }, (_, index): [string, number, string] => [
    "normal",
    0.1,
    `other ${index}`,
  ]);
  // Of three patients with two photographs each: Wilson's interval of three successes in three trials.
  const ofClass = Array.from({ length: 6 }, (_, index): [string, number, string] => [
    "glaucoma",
    0.9,
    `patient ${index % 3}`,
  ]);
  const figures = estimateByPatient(
    toAnswers(photographsOf("a", ...others, ...ofClass), labels),
    (answers) => computeOfClass(answers, labels.indexOf("glaucoma")),
    { replicates: 200, seed: 1 },
  );
  expect(figures.recall).toEqual({ value: 1, low: expect.closeTo(0.4385, 4), high: 1 });
  expect(figures.specificity).toEqual({ value: 1, low: expect.closeTo(0.9124, 4), high: 1 });
  expect(figures.auc).toEqual({ value: 1, low: expect.closeTo(0.4385, 4), high: 1 });
});

it("counts the patients of the smallest class for the AUC, also where one has eyes of both classes", () => {
  const pure = Array.from({ length: 100 }, (_, index): [string, number, string] => [
    ...(index < 50 ? right : (["normal", 0.1] as [string, number])),
    `patient ${index}`,
  ]);
  const figures = estimateByPatient(
    toAnswers(photographsOf("a", ...pure, [...right, "both"], ["normal", 0.1, "both"]), labels),
    (answers) => computeOfClass(answers, labels.indexOf("glaucoma")),
    { replicates: 200, seed: 1 },
  );
  // Wilson's interval of 51 successes in 51 trials.
  expect(figures.auc).toEqual({ value: 1, low: expect.closeTo(0.93, 3), high: 1 });
});

it("gives the same for the same seed and leaves out what cannot be computed", () => {
  expect(estimate(halfRight(50), 3)).toEqual(estimate(halfRight(50), 3));
  expect(estimate(halfRight(50)).nothing).toEqual({ value: null, low: null, high: null });
});
