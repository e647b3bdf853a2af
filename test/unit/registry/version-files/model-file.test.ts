import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { describeModelFile } from "../../../../shared/registry/version-files/model-file.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "model-file-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["best.keras", "keras", "data/model.keras"],
  ["best.H5", "keras_h5", "data/model.h5"],
  ["best.hdf5", "keras_h5", "data/model.h5"],
  ["best.onnx", "onnx", "model.onnx"],
])("puts %s where MLflow puts it", (name, format, versionPath) => {
  const source = join(folder, name);
  writeFileSync(source, "1234");
  expect(describeModelFile(source)).toEqual({
    format,
    versionPath,
    files: [{ source, versionPath, sizeBytes: 4 }],
  });
});

test("takes the weights beside an ONNX file that it names, under their own name", () => {
  const source = join(folder, "m.onnx");
  const location = Buffer.concat([
    Buffer.from([10, 8]),
    Buffer.from("location"),
    Buffer.from([18, 11]),
    Buffer.from("m.onnx.data"),
  ]);
  writeFileSync(source, Buffer.concat([Buffer.from("graph"), location, Buffer.from("more")]));
  writeFileSync(join(folder, "m.onnx.data"), "weights");
  writeFileSync(join(folder, "other.onnx.data"), "of another model");
  expect(
    describeModelFile(source).files.map(({ versionPath, sizeBytes }) => [versionPath, sizeBytes]),
  ).toEqual([
    ["model.onnx", 32],
    ["m.onnx.data", 7],
  ]);
});

test("takes a SavedModel's folder with all its files", () => {
  mkdirSync(join(folder, "saved", "variables"), { recursive: true });
  writeFileSync(join(folder, "saved", "saved_model.pb"), "");
  writeFileSync(join(folder, "saved", "variables", "variables.index"), "");
  const { format, versionPath, files } = describeModelFile(join(folder, "saved"));
  expect({ format, versionPath }).toEqual({ format: "saved_model", versionPath: "tf2model" });
  expect(files.map((file) => file.versionPath).sort()).toEqual([
    "tf2model/saved_model.pb",
    "tf2model/variables/variables.index",
  ]);
});

test("takes no folder beside an ONNX file, nor that file itself twice, for its weights", () => {
  const source = join(folder, "m.onnx");
  const location = (name: string) =>
    Buffer.concat([
      Buffer.from([10, 8]),
      Buffer.from("location"),
      Buffer.from([18, name.length]),
      Buffer.from(name),
    ]);
  writeFileSync(source, Buffer.concat([location("m.onnx"), location("weights"), Buffer.from("bare.bin")]));
  mkdirSync(join(folder, "weights"));
  writeFileSync(join(folder, "bare.bin"), "named otherwise");
  expect(describeModelFile(source).files.map(({ versionPath }) => versionPath)).toEqual(["model.onnx"]);
});

test("takes nothing beside a Keras file", () => {
  const source = join(folder, "m.keras");
  writeFileSync(
    source,
    Buffer.concat([Buffer.from([10, 8]), Buffer.from("location"), Buffer.from([18, 1, 97])]),
  );
  writeFileSync(join(folder, "a"), "");
  expect(describeModelFile(source).files.map(({ versionPath }) => versionPath)).toEqual(["data/model.keras"]);
});

test("wants the graph at the root of a SavedModel's folder", () => {
  mkdirSync(join(folder, "inner"));
  writeFileSync(join(folder, "inner", "saved_model.pb"), "");
  expect(() => describeModelFile(folder)).toThrow(/holds no saved_model.pb$/);
});

test("refuses everything else", () => {
  writeFileSync(join(folder, "model.pt"), "");
  expect(() => describeModelFile(join(folder, "model.pt"))).toThrow(/^Expected a .keras, .h5 or .onnx file/);
  expect(() => describeModelFile(folder)).toThrow(/holds no saved_model.pb$/);
  expect(() => describeModelFile(join(folder, "none"))).toThrow(/none does not exist$/);
});
