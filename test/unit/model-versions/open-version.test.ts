import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { NoVersionError } from "../../../shared/errors/model-error.ts";
import { withLocalModel, withVersion } from "../../../shared/model-versions/open-version.ts";
import type { Predictor } from "../../../shared/schemas/model.ts";
import { createFakeRegistry } from "../../support/fake-registry.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { createTinyModel } from "../../support/tiny-model.ts";

const picture = { width: 8, height: 8, data: new Float32Array(192) };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "open-version-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a version answers for as long as the work takes", async () => {
  const registry = createFakeRegistry();
  registry.add("1", createTinyModel(), { labels: "a, b, c" });
  const clients = { mlflow: registry.mlflow, store: createMemoryStore() };
  const options = { ...clients, model: { engine: "onnx", artifactRoot: undefined } } as const;
  let used: Predictor | undefined;
  const labels = await withVersion({ name: "m", version: "1" }, options, async (predictor) => {
    used = predictor;
    expect((await predictor.predict(picture)).probabilities).toHaveLength(3);
    return predictor.contract.labels;
  });
  expect(labels).toEqual(["a", "b", "c"]);
  await expect(used?.predict(picture)).rejects.toThrow();
  await expect(withVersion({ name: "m", version: "2" }, options, async () => {})).rejects.toBeInstanceOf(
    NoVersionError,
  );
});

it("the model of a folder is freed also where the work fails, and what was made of it is removed", async () => {
  await writeFile(join(folder, "model.onnx"), createTinyModel());
  await writeFile(join(folder, "model-contract.json"), JSON.stringify({ labels: ["a", "b", "c"] }));
  const before = existsSync(join(folder, "compiled"));
  let used: Predictor | undefined;
  const failing = withLocalModel(folder, "onnx", async (predictor) => {
    used = predictor;
    throw new Error("no photographs");
  });
  await expect(failing).rejects.toThrow("no photographs");
  await expect(used?.predict(picture)).rejects.toThrow();
  expect(existsSync(join(folder, "compiled"))).toBe(before);
});
