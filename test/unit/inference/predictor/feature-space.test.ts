import { describe, expect, test } from "vitest";
import { createFeatureSpace } from "../../../../shared/inference/predictor/feature-space.ts";

const encode = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer).toString("base64");
const distance = (a: Float32Array, b: Float32Array) =>
  Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));

describe("a projection of features", () => {
  test("is along the declared directions, in units of their deviations", () => {
    const space = createFeatureSpace(3, {
      feature_space: {
        mean: encode(1, 1, 1),
        directions: encode(1, 0, 0, 0, 0.6, 0.8),
        deviations: encode(2, 0.5),
      },
    });
    expect([...space.project(Float32Array.of(3, 2, 1))]).toEqual([1, expect.closeTo(1.2, 5)]);
  });

  test("is the features themselves where they are few", () => {
    const features = Float32Array.of(1, 2, 3);
    expect([...createFeatureSpace(3, undefined).project(features)]).toEqual([1, 2, 3]);
  });

  test("is random, the same every time, and keeps distances roughly, where nothing is declared", () => {
    const length = 192;
    const create = (seed: number) =>
      Float32Array.from({ length }, (_, i) => Math.abs(Math.sin(seed * 37.1 + i * i)));
    const first = createFeatureSpace(length, undefined);
    const again = createFeatureSpace(length, undefined);
    expect([...first.project(create(1)).slice(0, 3)].map((value) => Number(value.toFixed(3)))).toEqual([
      0.072, -0.757, 0.482,
    ]);
    let ratios = 0;
    for (let seed = 0; seed < 50; seed++) {
      const [a, b] = [create(2 * seed), create(2 * seed + 1)];
      expect(first.project(a)).toEqual(again.project(a));
      expect(first.project(a)).toHaveLength(32);
      ratios += (distance(first.project(a), first.project(b)) / distance(a, b)) * Math.sqrt(length / 32);
    }
    expect(ratios / 50).toBeGreaterThan(0.8);
    expect(ratios / 50).toBeLessThan(1.2);
  });

  test("of another graph's features is refused with both numbers", () => {
    const space = { mean: encode(1, 1), directions: encode(1, 0), deviations: encode(1) };
    expect(() => createFeatureSpace(3, { feature_space: space })).toThrow(
      "Expected means and directions of the graph's 3 features but received 2 means and 2 numbers for 1 directions",
    );
  });
});

describe("a distance of features", () => {
  const distance = { direction: encode(1, 2), mean: 4, deviation: 2, limit: 3 };

  test("is along the declared direction, in its deviations from its mean", () => {
    const { measureDistance } = createFeatureSpace(2, { feature_distance: distance });
    expect(measureDistance(Float32Array.of(4, 5))).toBe(5);
    expect(measureDistance(Float32Array.of(0, 2))).toBe(0);
  });

  test("is none where none is declared", () => {
    expect(createFeatureSpace(2, undefined).measureDistance(Float32Array.of(4, 5))).toBeUndefined();
  });

  test("of another graph's features is refused", () => {
    expect(() => createFeatureSpace(3, { feature_distance: distance })).toThrow(
      "Expected a direction of the graph's 3 features but received 2 numbers",
    );
  });
});
