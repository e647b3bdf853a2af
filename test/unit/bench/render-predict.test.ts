import { expect, test } from "vitest";
import { computeLargestDifference, renderStages } from "../../bench/predict/render-predict.ts";

test("the largest difference between answers is found in any class and any answer", () => {
  const answers = [
    { a: 10, b: 90 },
    { a: 12, b: 88 },
    { a: 17, b: 83 },
  ];
  expect(computeLargestDifference(answers)).toBe(7);
});

test("an answer without a class agrees with none", () => {
  expect(computeLargestDifference([{ a: 10, b: 90 }, { a: 10 }])).toBeNaN();
});

test("what the stages leave of the whole time is the gateway's", () => {
  const stages = {
    decodeMs: [4],
    prepareMs: [2],
    forwardMs: [5],
    recordMs: [1],
    firstAnswerMs: 300,
    rssMb: 150,
  };
  const rest = renderStages(stages, 15)
    .split("\n")
    .find((line) => line.includes("gateway"));
  expect(rest).toMatch(/\| +3 \|$/);
});
