import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectRoot } from "../../../scripts/stack/paths.ts";
import { ModelError } from "../../../shared/errors/model-error.ts";
import { loadPredictor } from "../../../shared/inference/load-predictor.ts";
import { readLocalModel } from "../../../shared/registry/local-model.ts";
import type { ModelFiles } from "../../../shared/schemas/model.ts";
import {
  ModelProcessEndedError,
  openModelProcess,
} from "../../../shared/serving/model-process/model-process.ts";
import { prepareModel as prepare } from "../../../shared/serving/model-process/prepare-model.ts";

let folder: string;
let files: ModelFiles;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "prepare-model-"));
  files = await readLocalModel(path.join(projectRoot, "models/eye-disease"), folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Processes that this one has started and that still run. */
function children(): number[] {
  const text = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
  return text.split(" ").filter(Boolean).map(Number);
}

test("compiles a model beside its files and tells what it is", async () => {
  const prepared = await prepare(files, "onnx");
  expect(prepared).toMatchObject({ engine: "onnx", contract: { input: { height: 256, width: 256 } } });
  expect(await readdir(path.join(files.directory, "compiled"))).toHaveLength(1);
  expect(children()).toEqual([]);
});

test("says why a model cannot be served", async () => {
  const wrong = { ...files, declared: { labels: ["a", "b"] } };
  const failure = prepare(wrong, "onnx");
  await expect(failure).rejects.toThrow(/names 2 labels but the graph distinguishes 4 classes/);
  await expect(failure).rejects.toBeInstanceOf(ModelError);
  await expect(failure).rejects.not.toBeInstanceOf(ModelProcessEndedError);
});

test("answers pictures as this process would, until it is disposed", async () => {
  const { predictor, inferenceTimeMs } = await openModelProcess(files, {
    engine: "onnx",
    loadLimitMs: 60_000,
  });
  const here = await loadPredictor(files, { engine: "onnx", threads: 1 });
  const data = Float32Array.from({ length: 256 * 256 * 3 }, (_, index) => (index * 7) % 256);
  const [other, own] = await Promise.all(
    [predictor, here].map(({ predict }) => predict({ width: 256, height: 256, data })),
  );
  expect(other).toEqual(own);
  expect(inferenceTimeMs).toBeGreaterThan(0);
  expect({ ...predictor, predict: 0, dispose: 0, loadTimeSeconds: 0 }).toEqual({
    ...{ ...here, predict: 0, dispose: 0, loadTimeSeconds: 0 },
  });
  await expect(predictor.predict({ width: 1, height: 1, data: new Float32Array(3) })).rejects.toThrow(
    ModelError,
  );
  await predictor.dispose();
  await here.dispose();
  expect(children()).toEqual([]);
});
