import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { computeCompileKey } from "../../../../shared/inference/compiled/compile-key.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "compile-key-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("everything that a compiled graph depends on changes its name", async () => {
  const file = path.join(folder, "model.keras");
  const other = path.join(folder, "other.keras");
  await writeFile(file, "weights");
  await writeFile(other, "other weights");
  const source = { file, format: "keras", imageSize: [208, 208] } as const;
  const keys = await Promise.all([
    computeCompileKey(source, "onnx"),
    computeCompileKey(source, "tensorflow"),
    computeCompileKey({ ...source, file: other }, "onnx"),
    computeCompileKey({ ...source, imageSize: [208, 224] }, "onnx"),
    computeCompileKey({ ...source, imageSize: undefined }, "onnx"),
  ]);

  expect(new Set(keys).size).toBe(keys.length);
  expect(await computeCompileKey(source, "onnx")).toBe(keys[0]);
});
