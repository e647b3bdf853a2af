import { describe, expect, it } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { contractFolders, findWeights } from "../../../../shared/registry/version-files/plan-files.ts";
import { parseMlmodel } from "../../../../shared/registry/version-files/read-mlmodel.ts";

const find = (flavor: string, paths: readonly string[]) => {
  const files = paths.map((path) => ({ path, sizeBytes: 1 }));
  const found = findWeights(parseMlmodel(`flavors:\n  ${flavor}\n`, "m/1"), files, "m/1");
  return { ...found, files: found.files.map(({ path }) => path) };
};
const savedModel = "tensorflow: {saved_model_dir: tf2model}";

describe("the weights that MLmodel names", () => {
  it("are, of ONNX, every file beside it that may hold tensors, and nothing that MLflow writes", () => {
    const others = ["MLmodel", "conda.yaml", "python_env.yaml", "requirements.txt", "registered_model_meta"];
    const paths = [
      ...others,
      "model.onnx.data",
      "block_1",
      "model-contract.json",
      "input_example.json",
      "a/b",
    ];
    expect(find("onnx: {data: model.onnx}", [...paths, "model.onnx"])).toEqual({
      format: "onnx",
      path: "model.onnx",
      files: ["model.onnx", "model.onnx.data", "block_1"],
    });
  });

  it("are, of ONNX in a folder, that file alone", () => {
    expect(find("onnx: {data: a/model.onnx}", ["a/model.onnx", "a/data", "other"]).files).toEqual([
      "a/model.onnx",
    ]);
  });

  it("are, of a SavedModel, the whole folder, and of no folder whose name begins alike", () => {
    const paths = ["tf2model/saved_model.pb", "tf2model/variables/v.index", "tf2model2/x", "other"];
    expect(find(savedModel, paths)).toEqual({
      format: "saved_model",
      path: "tf2model",
      files: ["tf2model/saved_model.pb", "tf2model/variables/v.index"],
    });
  });

  it("are the first of several that is there", () => {
    const keras = "tensorflow: {data: data}";
    const old = ["data/model/saved_model.pb"];
    expect(find(keras, [...old, "data/model.h5", "data/model.keras"])).toMatchObject({ format: "keras" });
    expect(find(keras, [...old, "data/model.h5"])).toMatchObject({
      path: "data/model.h5",
      format: "keras_h5",
    });
    expect(find(keras, old)).toMatchObject({ path: "data/model", format: "saved_model" });
  });

  it("are missed with what was expected and what came", () => {
    expect(() => find(savedModel, ["tf2model/variables/v.index", "MLmodel"])).toThrow(
      new ModelError(
        "m/1: Expected the weights at tf2model but received tf2model/variables/v.index, MLmodel",
      ),
    );
    expect(() => find("keras: {data: data}", [])).toThrow(
      "Expected the weights at data/model.keras or data/model.h5 or data/model but received no files",
    );
    expect(() => find("onnx: {data: model.onnx}", ["other.onnx"])).toThrow("but received other.onnx");
  });
});

it.each([
  ["model.onnx", ["", "extra_files/"]],
  ["data/model.keras", ["", "data/", "extra_files/"]],
  ["a/b/model.keras", ["", "a/b/", "extra_files/"]],
])("labels and contract lie at the root, beside %s, or in MLflow's extra_files", (path, folders) => {
  expect(contractFolders(path)).toEqual(folders);
});
