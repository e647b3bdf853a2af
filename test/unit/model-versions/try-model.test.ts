import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { tryModelFile } from "../../../shared/model-versions/try-model.ts";
import { describeModelFile } from "../../../shared/registry/version-files/model-file.ts";
import { createTinyModel } from "../../support/tiny-model.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "try-model-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a file is tried with the contract that is to be registered, and nothing is left beside it", async () => {
  const weights = createTinyModel();
  const file = join(folder, "any-name.onnx");
  writeFileSync(file, weights);
  // Not the contract that is tried.
  writeFileSync(join(folder, "model-contract.json"), JSON.stringify({ labels: ["x", "y"] }));
  const contract = new Map([["model-contract.json", JSON.stringify({ labels: ["a", "b", "c"] })]]);
  const options = { name: "m", engine: "onnx" } as const;
  const {
    engine,
    sizeBytes,
    contract: tried,
    contractBy,
  } = await tryModelFile(describeModelFile(file), contract, options);
  expect({ engine, sizeBytes, labels: tried.labels, by: contractBy.labels }).toEqual({
    ...{ engine: "onnx", sizeBytes: weights.length, labels: ["a", "b", "c"], by: "model-contract.json" },
  });
  expect(readdirSync(folder).sort()).toEqual(["any-name.onnx", "model-contract.json"]);
});
