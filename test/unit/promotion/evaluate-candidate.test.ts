import { expect, it } from "vitest";
import { countKept } from "../../../shared/promotion/evaluate-candidate.ts";

const answer = (label: string, file: string, probabilities: number[]) => ({
  ...{ file, label, source: "all", patient: file, probabilities },
});

it("counts the altered photographs that keep their class", () => {
  const before = [
    answer("glaucoma", "glaucoma/0", [0.9, 0.1]),
    answer("glaucoma", "glaucoma/1", [0.1, 0.9]),
    answer("normal", "normal/0", [0.1, 0.9]),
    answer("normal", "normal/1", [0.1, 0.9]),
  ];
  const after = before.map((photograph, index) => ({
    ...photograph,
    file: `${index}.png`,
    probabilities: index === 1 ? photograph.probabilities.toReversed() : photograph.probabilities,
  }));
  const originals = new Map(before.map(({ file }, index) => [`${index}.png`, file]));
  expect(countKept(before, after, originals)).toEqual({ kept: 3, changed: 4 });
});
