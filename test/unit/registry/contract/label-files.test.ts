import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import {
  declareByLabelFile,
  findLabelFileElsewhere,
  isLabelFile,
} from "../../../../shared/registry/contract/label-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "label-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const folders = ["", "data/"];
const declare = () => declareByLabelFile(folder, folders, "m/1");

describe("labels in a file beside the weights", () => {
  test.each([
    ["class_names.json", '["b", "a"]'],
    ["class_names.txt", "b\na\n"],
    ["labels.json", '{"0": "b", "1": "a"}'],
    ["labels.txt", "b, a"],
    ["classes.json", '["b", "a"]'],
    ["classes.txt", "b\na"],
    ["class_indices.json", '{"a": 1, "b": 0}'],
    ["class_to_idx.json", '{"b": 0, "a": 1}'],
    ["idx_to_class.json", '{"1": "a", "0": "b"}'],
    ["label_map.json", '{"a": 1, "b": 0}'],
    ["id2label.json", '{"0": "b", "1": "a"}'],
    ["label2id.json", '{"b": 0, "a": 1}'],
    ["class_mapping.json", '{"0": "b", "1": "a"}'],
  ])("are read from %s", async (name, text) => {
    write({ [name]: text });
    expect(isLabelFile(`data/${name}`)).toBe(true);
    expect(await declare()).toEqual([{ place: name, contract: { labels: ["b", "a"] } }]);
  });

  test("are numbers by name where the file's name says so", async () => {
    write({ "class_indices.json": '{"1": 0, "0": 1}' });
    expect(await declare()).toEqual([{ place: "class_indices.json", contract: { labels: ["1", "0"] } }]);
  });

  test("are the first folder's", async () => {
    write({ "data/class_names.json": '["x", "y"]', "labels.txt": "a\nb" });
    expect(await declare()).toEqual([{ place: "labels.txt", contract: { labels: ["a", "b"] } }]);
    rmSync(join(folder, "labels.txt"));
    expect(await declare()).toEqual([{ place: "data/class_names.json", contract: { labels: ["x", "y"] } }]);
  });

  test("are none in other folders and in other files", async () => {
    write({ "config/labels.txt": "a\nb", "mylabels.txt": "a\nb" });
    expect(isLabelFile("mylabels.txt")).toBe(false);
    expect(await declare()).toEqual([]);
  });

  test.each([
    ["a count", "4", "m/1: data/classes.txt: Expected labels but received 4"],
    [
      "one word",
      "many",
      /^m\/1: data\/classes\.txt labels: Expected|^m\/1: data\/classes\.txt: labels: Expected/,
    ],
  ])("are refused where the file holds %s", async (_, text, message) => {
    write({ "data/classes.txt": text });
    await expect(declare()).rejects.toThrow(message);
    await expect(declare()).rejects.toBeInstanceOf(ModelError);
  });
});

describe("labels in a file elsewhere", () => {
  const find = (files: Record<string, string>) => {
    write(files);
    return findLabelFileElsewhere(folder, Object.keys(files), folders);
  };

  test("are found in the first such file, past those that hold none", async () => {
    const files = {
      "a/labels.txt": "4",
      "b/labels.txt": "a\nb\na",
      "c/labels.json": "{",
      "d/notes.txt": "a\nb",
      "e/class_indices.json": '{"a": 0, "b": 1}',
      "f/labels.txt": "a\nb",
    };
    expect(await find(files)).toBe("e/class_indices.json");
  });

  test("are none where labels are read anyway", async () => {
    expect(await find({ "labels.txt": "a\nb", "data/labels.txt": "a\nb" })).toBeUndefined();
    expect(await find({ "data/deeper/labels.txt": "a\nb" })).toBe("data/deeper/labels.txt");
  });

  test("are not a single one", async () => {
    expect(await find({ "a/labels.json": '["a"]' })).toBeUndefined();
  });
});
