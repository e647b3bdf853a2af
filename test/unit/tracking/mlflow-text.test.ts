import { describe, expect, it } from "vitest";
import { metricLabel, tagText } from "../../../shared/tracking/mlflow-text.ts";

describe("metricLabel", () => {
  it.each(["normal", "diabetic retinopathy", "a/b", "x.y-z", "."])("keeps %s", (label) => {
    expect(metricLabel(label)).toBe(label);
  });

  it.each([
    ["a//b", "a__b"],
    ["a/../b", "a_.._b"],
    ["a/", "a_"],
    ["a/./b", "a_._b"],
  ])("makes of %s, which MLflow refuses, %s", (label, expected) => {
    expect(metricLabel(label)).toBe(expected);
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
