import { lstatSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readLocalModel } from "../../../shared/registry/local-model.ts";

let folder: string;
let packaged: string;
let cache: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "local-model-"));
  packaged = join(folder, "packaged");
  cache = join(folder, "cache");
  await mkdir(packaged);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(packaged, name), text);

test("reads the packaged model with its contract and its own version", async () => {
  await write("model.keras", "weights");
  await write("model-contract.json", JSON.stringify({ version: "2026.11", labels: ["a", "b"] }));

  expect(await readLocalModel(packaged, cache)).toMatchObject({
    identity: { name: "packaged", version: "2026.11", source: "local_file" },
    format: "keras",
    path: "model.keras",
    declared: { labels: ["a", "b"] },
    declaredBy: { labels: "model-contract.json" },
  });
});

test("takes labels that the contract lacks from a label file beside it", async () => {
  await write("model.keras", "weights");
  await write("class_indices.json", JSON.stringify({ normal: 0, glaucoma: 1 }));
  expect(await readLocalModel(packaged, cache)).toMatchObject({
    declared: { labels: ["normal", "glaucoma"] },
    declaredBy: { labels: "class_indices.json" },
  });

  await write("model-contract.json", JSON.stringify({ labels: ["a", "b"] }));
  expect(await readLocalModel(packaged, cache)).toMatchObject({ declared: { labels: ["a", "b"] } });
});

test("gives a folder that can be written into, with the packaged files in it", async () => {
  await write("model.keras", "weights");
  await mkdir(join(packaged, "compiled", "kept"), { recursive: true });
  await write("compiled/kept/model.onnx", "graph");
  await chmod(packaged, 0o555);
  const { directory, path } = await readLocalModel(packaged, cache);
  const again = await readLocalModel(packaged, cache);

  expect(again.directory).toBe(directory);
  expect(realpathSync(join(directory, path))).toBe(realpathSync(join(packaged, "model.keras")));
  expect(await readFile(join(directory, "compiled/kept/model.onnx"), "utf8")).toBe("graph");
  expect(lstatSync(join(directory, "compiled")).isSymbolicLink()).toBe(false);
  await writeFile(join(directory, "compiled", "other"), "can be written");
});

test("uses the packaged folder itself where nothing can be kept", async () => {
  await write("model.onnx", "weights");
  await writeFile(cache, "a file where the folder should be");
  expect((await readLocalModel(packaged, cache)).directory).toBe(packaged);
});

test("makes a version of its own for a model without one", async () => {
  await write("model.h5", "weights");
  const { identity, format } = await readLocalModel(packaged, cache);
  expect(identity.version).toMatch(/^packaged-[0-9a-f]{12}$/);
  expect(format).toBe("keras_h5");
});

test("takes the Keras file before others, and a SavedModel's folder where there is nothing else", async () => {
  const formatOf = async () => (await readLocalModel(packaged, cache)).format;
  await mkdir(join(packaged, "saved_model"));
  await write("saved_model/saved_model.pb", "graph");
  expect(await formatOf()).toBe("saved_model");
  await write("model.h5", "weights");
  expect(await formatOf()).toBe("keras_h5");
  await write("model.onnx", "weights");
  expect(await formatOf()).toBe("onnx");
  await write("model.keras", "weights");
  expect(await formatOf()).toBe("keras");
});

test("keeps what was compiled from other weights apart", async () => {
  await write("model.onnx", "weights");
  const first = await readLocalModel(packaged, cache);
  await write("model.onnx", "other weights");
  const second = await readLocalModel(packaged, cache);
  expect(second.identity.version).not.toBe(first.identity.version);
  expect(second.directory).not.toBe(first.directory);
});

test("says where there is an empty folder", async () => {
  await expect(readLocalModel(packaged, cache)).rejects.toThrow(/ but received no files$/);
});

test("says where there is no model", async () => {
  await expect(readLocalModel(join(folder, "none"), cache)).rejects.toThrow(
    /^There is no packaged model in .*none \(LOCAL_MODEL_DIRECTORY\)$/,
  );
  await write("README.md", "");
  await expect(readLocalModel(packaged, cache)).rejects.toThrow(
    /Expected one of model.keras, model.onnx, model.h5, saved_model but received README.md$/,
  );
});
