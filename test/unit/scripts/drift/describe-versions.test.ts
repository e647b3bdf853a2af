import { expect, it } from "vitest";
import { describeVersions } from "../../../../scripts/drift/describe-versions.ts";

const answersOf = (version: string, count: number) =>
  Array.from({ length: count }, () => ({
    model: { name: "eyes", version, source: "mlflow_registry" as const, engine: "onnx" as const },
  }));

it("says nothing of a reference that one version answered", () => {
  expect(describeVersions(answersOf("1", 100))).toBeUndefined();
});

it("warns of one that several versions answered, and names the one with most answers", () => {
  expect(describeVersions([...answersOf("2", 5), ...answersOf("1", 100)])).toBe(
    "2 versions answered them: eyes/1 (100), eyes/2 (5). Where versions differ, that looks like drift or hides it. " +
      "Take one version: --model-version eyes/1",
  );
});
