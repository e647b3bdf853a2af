import { expect, test } from "vitest";
import { applyTemperature } from "../../../../shared/inference/predictor/create-predictor.ts";

function softmax(logits: number[], temperature: number): number[] {
  const powers = logits.map((logit) => Math.exp(logit / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

test.each([0.5, 1, 1.7, 100])("equals the softmax of the logits at temperature %s", (temperature) => {
  const logits = [2, -1, 0.5, 0];
  const scaled = applyTemperature(Float32Array.from(softmax(logits, 1)), temperature);
  softmax(logits, temperature).forEach((expected, index) => {
    expect(scaled[index]).toBeCloseTo(expected, 5);
  });
});

test("a certain answer stays certain", () => {
  expect(applyTemperature(Float32Array.of(1, 0, 0), 3)).toEqual(Float32Array.of(1, 0, 0));
});
