import { describe, expect, it } from "vitest";
import { compareClassMix } from "../../../shared/drift/figures/class-mix.ts";
import { compareVectors } from "../../../shared/drift/figures/vectors.ts";
import { windowOfRows } from "../../../shared/drift/window/window-of-rows.ts";
import { createRandom } from "../../support/random.ts";

describe("from which change on a certain one is drift, not a warning", () => {
  it.each([
    [0.199, false],
    [0.201, true],
    [-0.199, false],
    [-0.201, true],
  ])("a class whose share moves by %d: %s", (move, isLarge) => {
    const answersOf = (share: number) => {
      const normal = Math.round(1_000 * share);
      const named = (name: string) => ({ predicted_class: name, probabilities: {} });
      return windowOfRows([
        ...new Array(normal).fill(named("normal")),
        ...new Array(1_000 - normal).fill(named("glaucoma")),
      ]);
    };
    expect(compareClassMix(answersOf(0.5), answersOf(0.5 + move), "en")?.isLarge).toBe(isLarge);
  });

  // Moves on both sides of an excess of 0.08: the excess is about 0.009 less than the discrepancy.
  it.each([
    [0.07, 0.0879, false],
    [0.071, 0.0897, true],
  ])("probabilities that all move by %d, a discrepancy of %d: %s", (move, expected, isLarge) => {
    const answersOf = (count: number, seed: number, more: number) => {
      const random = createRandom(seed);
      return windowOfRows(
        Array.from({ length: count }, () => {
          const normal = 0.1 + 0.4 * random() + more;
          const probabilities = { glaucoma: 1 - normal, normal };
          return { predicted_class: "glaucoma", confidence: 90, probabilities };
        }),
      );
    };
    const options = { language: "en", minimumRecords: 50, others: 14 } as const;
    const compared = compareVectors(answersOf(200, 1, 0), answersOf(100, 2, move), options);
    expect(compared).toMatchObject([{ name: "probabilities", isLarge }]);
    expect(compared[0]?.scores.maximum_mean_discrepancy).toBeCloseTo(expected, 3);
  });
});
