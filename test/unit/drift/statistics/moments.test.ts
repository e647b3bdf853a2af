import { describe, expect, it } from "vitest";
import {
  computeMean,
  computeStandardDeviation,
  computeSum,
} from "../../../../shared/drift/statistics/moments.ts";
import { createRandom, shuffle } from "../../../support/random.ts";

describe("computeSum", () => {
  it("keeps what plain addition loses", () => {
    expect(computeSum([1, 1e100, 1, -1e100])).toBe(2);
    expect(computeSum(Array.from({ length: 10 }, () => 0.1))).toBe(1);
  });

  it("does not depend on the order", () => {
    const random = createRandom(7);
    const values = Array.from({ length: 100 }, () => random() * 100);
    const sums = Array.from({ length: 50 }, () => computeSum(shuffle(values, random)));
    expect(new Set(sums).size).toBe(1);
  });
});

describe("computeMean", () => {
  it("is null of nothing", () => {
    expect(computeMean([])).toBeNull();
  });

  it("is exact where values lie symmetrically around it", () => {
    const values = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 59.9 : 60.1));
    expect(computeMean(values)).toBe(60);
  });
});

describe("computeStandardDeviation", () => {
  it("is null of nothing and 0 of one value", () => {
    expect(computeStandardDeviation([])).toBeNull();
    expect(computeStandardDeviation([42])).toBe(0);
  });

  it("divides by n, as numpy.std does by default", () => {
    // numpy.std([2, 4, 4, 4, 5, 5, 7, 9]) == 2.0; with ddof=1 it would be 2.138.
    expect(computeStandardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
    expect(computeStandardDeviation([91.27, 64.02, 88.5])).toBeCloseTo(12.245206771994049, 12);
  });

  it("is not disturbed by a large mean", () => {
    expect(computeStandardDeviation([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBeCloseTo(Math.sqrt(2 / 3), 12);
  });
});
