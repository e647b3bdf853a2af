import { expect, it } from "vitest";
import { applyTemperature } from "../../../../shared/inference/predictor/create-predictor.ts";
import { toProbabilities } from "../../../../shared/inference/predictor/to-probabilities.ts";

const convert = (output: number[], isMultiLabel = false) =>
  toProbabilities(Float32Array.from(output), { activation: "none", isMultiLabel });

it("what rounding put slightly beyond 0 or 1 is 0 or 1, so that a temperature and a record can take it", () => {
  expect([...convert([1.002, -0.002])]).toEqual([1, 0]);
  expect([...applyTemperature(convert([1.002, -0.002]), 1.5)]).toEqual([1, 0]);
  expect([...convert([1.004, 0.25], true)]).toEqual([1, 0.25]);
  expect([...convert([-0.005])]).toEqual([1, 0]);
});

it("what is further beyond is refused", () => {
  expect(() => convert([1.5, -0.5])).toThrow("not a probability distribution");
  expect(() => convert([1.02, 0.25], true)).toThrow("not a list of probabilities");
});
