import { describe, expect, test } from "vitest";
import { computeQuantile } from "../../bench/load.ts";

describe("computeQuantile", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test.each([
    [0, 1],
    [0.5, 50],
    [0.95, 95],
    [0.951, 96],
    [1, 100],
  ])("of 1 to 100 in any order, %d gives %d", (q, value) => {
    expect(computeQuantile(hundred, q)).toBe(value);
  });

  test("compares numbers, not their texts", () => {
    expect(computeQuantile([10, 9, 100], 0.5)).toBe(10);
  });

  test("leaves its values in their order", () => {
    const values = [3, 1, 2];
    computeQuantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  test("is NaN without values", () => {
    expect(computeQuantile([], 0.5)).toBeNaN();
  });
});
