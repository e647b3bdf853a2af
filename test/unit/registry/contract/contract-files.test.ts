import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { readContractFiles } from "../../../../shared/registry/contract/contract-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | object): string {
  const file = join(folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** What is registered with the `model.keras` of a folder, the contract as an object. */
async function read(contractFile: string | undefined, referenceWindowFile?: string) {
  const modelFile = join(folder, "model.keras");
  const files = Object.fromEntries(await readContractFiles(modelFile, { contractFile, referenceWindowFile }));
  const contract = files["model-contract.json"];
  return { ...files, ...(contract !== undefined && { "model-contract.json": JSON.parse(contract) }) };
}

test("registers the contract beside the model file unless another is given", async () => {
  write("model-contract.json", { labels: ["beside", "it"] });
  const other = write("c.json", { labels: ["a", "b"] });
  expect(await read(undefined)).toEqual({ "model-contract.json": { labels: ["beside", "it"] } });
  expect(await read(other)).toEqual({ "model-contract.json": { labels: ["a", "b"] } });
});

test("registers the labels of a label file beside the model file where the contract has none", async () => {
  write("class_indices.json", { normal: 0, glaucoma: 1 });
  const labels = ["normal", "glaucoma"];
  expect(await read(undefined)).toEqual({ "model-contract.json": { labels } });
  const contract = write("c.json", { temperature: 2 });
  expect(await read(contract)).toEqual({ "model-contract.json": { temperature: 2, labels } });
  const other = write("other.json", { labels: ["a", "b"] });
  expect(await read(other)).toEqual({ "model-contract.json": { labels: ["a", "b"] } });
});

test("registers nothing where there is neither contract nor window", async () => {
  expect(await read(undefined)).toEqual({});
});

test("registers a contract without its own version, which the registry numbers itself", async () => {
  const contract = write("c.json", { labels: ["a", "b"], version: "2026.1" });
  expect(await read(contract)).toEqual({ "model-contract.json": { labels: ["a", "b"] } });
});

test("registers the window that a contract names, from beside that contract, under its plain name", async () => {
  write("windows/w.jsonl", "named");
  const contract = write("c.json", { temperature: 2, reference_window: "windows/w.jsonl" });
  expect(await read(contract)).toEqual({
    "model-contract.json": { temperature: 2, reference_window: "w.jsonl" },
    "w.jsonl": "named",
  });
});

test("registers a window that is given in place of the named one, also without a contract", async () => {
  write("w.jsonl", "named");
  const other = write("elsewhere/other.jsonl", "given");
  const contract = write("c.json", { temperature: 2, reference_window: "w.jsonl" });
  expect(await read(contract, other)).toEqual({
    "model-contract.json": { temperature: 2, reference_window: "other.jsonl" },
    "other.jsonl": "given",
  });
  expect(await read(undefined, other)).toEqual({
    "model-contract.json": { reference_window: "other.jsonl" },
    "other.jsonl": "given",
  });
});

test("says what is wrong with a file", async () => {
  const failure = (file: string, window?: string) =>
    read(file, window).then(
      () => undefined,
      (error: unknown) => error,
    );
  const named = join(folder, "none.json");
  expect(await failure(named)).toEqual(new ModelError(`${named} cannot be read: it does not exist`));
  expect(await failure(folder)).toEqual(new ModelError(`${folder} cannot be read: it is a folder`));
  const contract = write("c.json", {});
  expect(await failure(contract, named)).toEqual(
    new ModelError(`${named} cannot be read: it does not exist`),
  );
  const inside = join(contract, "c.json");
  expect(await failure(inside)).toEqual(new ModelError(`${inside} cannot be read: ENOTDIR`));
  const text = await failure(write("text.json", "{"));
  expect(text).toBeInstanceOf(ModelError);
  expect(text).toMatchObject({ message: expect.stringMatching(/text\.json is not JSON: ./) });
  expect(await failure(write("wrong.json", { temperature: -1 }))).toMatchObject({
    message: expect.stringMatching(/^\S+wrong\.json: temperature: /),
  });
});

test("registers a contract that begins with a byte order mark without it", async () => {
  const contract = write("c.json", '\uFEFF{"labels":["normal","glaucoma"]}');
  expect(await read(contract)).toEqual({ "model-contract.json": { labels: ["normal", "glaucoma"] } });
});
