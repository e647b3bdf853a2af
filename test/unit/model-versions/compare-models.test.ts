import { expect, test } from "vitest";
import { compareModels } from "../../../shared/model-versions/compare-models.ts";
import type { TriedModel } from "../../../shared/model-versions/try-model.ts";
import { createContract } from "../../support/create-predictor.ts";

const { input } = createContract();

const model = (
  changes: Partial<TriedModel["contract"]> = {},
  others: Partial<TriedModel> = {},
): TriedModel => ({
  contract: createContract({ labels: ["a", "b"], ...changes }),
  contractBy: {
    labels: "model-contract.json",
    "input.height": "graph",
    "input.width": "graph",
    "input.channels": "graph",
    "input.value_range": "assumed",
    preprocessing: "assumed",
    temperature: "assumed",
  },
  engine: "onnx",
  loadTimeSeconds: 1,
  sizeBytes: 9_600_000,
  peakMemoryMb: 150,
  inferenceTimeMs: 8,
  ...others,
});

test("says nothing about what stays the same", () => {
  expect(compareModels(model(), model({}, { loadTimeSeconds: 2, sizeBytes: 9_600_010 }))).toEqual([]);
});

test("names every field that a caller would notice", () => {
  const after = model(
    { labels: ["b", "a"], input: { ...input, width: 16, value_range: [0, 1] } },
    { engine: "tensorflow", sizeBytes: 20_000_000 },
  );
  expect(compareModels(model(), after)).toEqual([
    { field: "labels", before: "a, b", after: "b, a" },
    { field: "input.width", before: "8", after: "16" },
    { field: "input.value_range", before: "0, 255 (assumed)", after: "0, 1 (assumed)" },
    { field: "engine", before: "onnx", after: "tensorflow" },
    { field: "size", before: "9.6 MB", after: "20.0 MB" },
  ]);
});

test("distinguishes declared fields from assumed ones", () => {
  const contractBy = { ...model().contractBy, labels: "assumed", preprocessing: "version tags" };
  expect(compareModels(model(), model({}, { contractBy }))).toEqual([
    { field: "labels", before: "a, b", after: "a, b (assumed)" },
    {
      field: "preprocessing",
      before: "resize, interpolation bicubic, antialias true (assumed)",
      after: "resize, interpolation bicubic, antialias true",
    },
  ]);
});
