import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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
import { writeEndlessModel } from "../../support/endless-model.ts";

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

test("ends a model that does not come to its end in time", async () => {
  writeEndlessModel(path.join(folder, "endless.onnx"));
  const endless: ModelFiles = {
    identity: { name: "endless", version: "1", source: "local_file" },
    directory: folder,
    format: "onnx",
    path: "endless.onnx",
    declared: { labels: ["a", "b", "c"] },
    declaredBy: {},
  };
  await expect(prepare(endless, "onnx", 4_000)).rejects.toThrow(
    new ModelError("Version 1 of endless was not ready after 4 s"),
  );
  expect(children()).toEqual([]);
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

test("is ended where a picture takes longer than it may, and says so of every later one", async () => {
  const { predictor } = await openModelProcess(files, {
    ...{ engine: "onnx" as const, loadLimitMs: 60_000, answerLimitMs: 1 },
  });
  const picture = { width: 256, height: 256, data: new Float32Array(256 * 256 * 3) };
  const late = new ModelProcessEndedError("It took longer than 1 ms for a photograph");
  await expect(Promise.all([predictor.predict(picture), predictor.predict(picture)])).rejects.toThrow(late);
  await expect(predictor.predict(picture)).rejects.toThrow(late);
  expect(children()).toEqual([]);
});

async function endChildren(signal: NodeJS.Signals): Promise<void> {
  while (children().length === 0) await sleep(1);
  for (const child of children()) process.kill(child, signal);
}

test.each(["SIGKILL", "SIGABRT", "SIGSEGV"] as const)(
  "survives a model that ends its process by %s",
  async (signal) => {
    const failure = expect(prepare(files, "onnx")).rejects.toThrow(
      new ModelProcessEndedError(`Version 2 of eye-disease ended the process that loaded it (${signal})`),
    );
    await endChildren(signal);
    await failure;
  },
);

test.each(["SIGINT", "SIGTERM"] as const)(
  "does not blame a model for a process that %s ended",
  async (signal) => {
    const failure = prepare(files, "onnx").catch((error: unknown) => error);
    await endChildren(signal);
    expect(await failure).not.toBeInstanceOf(ModelError);
    expect(await failure).toMatchObject({
      message: `Version 2 of eye-disease was stopped while it was loaded (${signal})`,
    });
  },
);
