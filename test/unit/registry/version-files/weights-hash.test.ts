import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { combineHashes, relativeToWeights } from "../../../../shared/registry/version-files/weights-hash.ts";

it("the hash of several files does not depend on their order, and orders paths by their bytes as sha256sum's users do", () => {
  // By a dictionary, `a` would come before `B`, and `é` before `z`.
  const inOrder = ["B", "a", "z", "é"].map((path): [string, string] => [path, `hash of ${path}`]);
  const printed = inOrder.map(([path, sha256]) => `${sha256}  ${path}\n`).join("");
  const expected = createHash("sha256").update(printed).digest("hex");
  expect(combineHashes(new Map(inOrder))).toBe(expected);
  expect(combineHashes(new Map(inOrder.toReversed()))).toBe(expected);
});

it("the hash of one file is that file's", () => {
  expect(combineHashes(new Map([["model.onnx", "abc"]]))).toBe("abc");
});

it.each([
  ["a SavedModel", "data/model", ["data/model/saved_model.pb", "data/model/v/x"], ["saved_model.pb", "v/x"]],
  ["a file in a folder", "a/b/model.h5", ["a/b/model.h5"], ["model.h5"]],
  ["files at the root", "model.onnx", ["model.onnx", "model.onnx.data"], ["model.onnx", "model.onnx.data"]],
])("paths of %s count from the folder of the weights", (_, weightsPath, paths, expected) => {
  expect(relativeToWeights(paths, weightsPath)).toEqual(expected);
});
