import { describe, expect, it } from "vitest";
import { metricLabel, tagText } from "../../../../shared/tracking/entries/mlflow-text.ts";

describe("metricLabel", () => {
  it.each(["normal", "diabetic retinopathy", "a/b", "x.y-z", ".", "Retinopatia diabética", "緑内障"])(
    "keeps %s",
    (label) => {
      expect(metricLabel(label)).toBe(label);
    },
  );

  it.each([
    ["a//b", /^a__b-[0-9a-f]{8}$/],
    ["a/../b", /^a_\.\._b-/],
    ["a/", /^a_-/],
    ["a/./b", /^a_\._b-/],
    ["DR [mild]", /^DR _mild_-/],
    ["AMD: dry", /^AMD_ dry-/],
    ["x".repeat(300), /^x{200}-/],
  ])("makes of %s, which MLflow refuses, a name it takes", (label, expected) => {
    expect(metricLabel(label)).toMatch(expected);
  });

  it("gives no two labels one name", () => {
    const labels = ["DR [mild]", "DR (mild)", "DR _mild_", "a/", "a_", "a//b", "a__b", "?", "!"];
    expect(new Set(labels.map(metricLabel)).size).toBe(labels.length);
  });
});

describe("tagText", () => {
  it("shows control characters instead of keeping them", () => {
    expect(tagText("a\nb\u0000c\u001b[31m\u007fd\u0085ção")).toBe(
      "a\\nb\\u0000c\\u001b[31m\\u007fd\\u0085ção",
    );
  });

  it("limits the length", () => {
    expect(tagText("x".repeat(10_000))).toHaveLength(5_000);
  });
});
