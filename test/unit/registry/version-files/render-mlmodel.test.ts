import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseMlmodel } from "../../../../shared/registry/version-files/read-mlmodel.ts";
import { renderMlflowFiles } from "../../../../shared/registry/version-files/render-mlmodel.ts";
import type { ModelFormat } from "../../../../shared/schemas/model.ts";
import { createContract } from "../../../support/create-predictor.ts";

const render = (format: ModelFormat) =>
  renderMlflowFiles({
    format,
    artifactUri: "mlflow-artifacts:/1/models/m-1/artifacts",
    modelId: "m-1",
    runId: "r-1",
    sizeBytes: 12,
    contract: createContract({ labels: ["a", "b", "c"], input: { height: 64, width: 32 } }),
    createdAt: new Date("2026-11-30T01:02:03.456Z"),
  });
const mlmodelOf = (format: ModelFormat) => render(format).MLmodel ?? "";

describe("the MLmodel file of a registered file", () => {
  it.each([
    ["keras", "data/model.keras"],
    ["keras_h5", "data/model.h5"],
    ["saved_model", "tf2model"],
    ["onnx", "model.onnx"],
  ] as const)(
    "of format %s is read back with its weights, its size and its number of classes",
    (format, path) => {
      const { candidates, inputShape, classes } = parseMlmodel(mlmodelOf(format), "m/1");
      expect(candidates[0]).toMatchObject({ format, path });
      expect(inputShape).toEqual([-1, 64, 32, 3]);
      expect(classes).toBe(3);
    },
  );

  it.each([
    ["keras", "mlflow.tensorflow", "data"],
    ["keras_h5", "mlflow.tensorflow", "data"],
    ["saved_model", "mlflow.tensorflow", undefined],
    ["onnx", "mlflow.onnx", "model.onnx"],
  ] as const)("of format %s tells Python which loader takes it", (format, loader_module, data) => {
    const { flavors } = parse(mlmodelOf(format));
    expect(flavors.python_function).toEqual({
      env: { conda: "conda.yaml", virtualenv: "python_env.yaml" },
      python_version: "3.11",
      loader_module,
      ...(data !== undefined && { data }),
    });
  });

  it("names its run, its logged model and when it was made, as Python writes the time", () => {
    expect(parse(mlmodelOf("onnx"))).toMatchObject({
      artifact_path: "mlflow-artifacts:/1/models/m-1/artifacts",
      model_id: "m-1",
      model_uuid: "m-1",
      run_id: "r-1",
      model_size_bytes: 12,
      utc_time_created: "2026-11-30 01:02:03.456000",
    });
  });
});

it.each([
  ["keras", { module: "tensorflow.keras", saved: "tf" }, "mlflow\ntensorflow\n"],
  ["keras_h5", { module: "tensorflow.keras", saved: "h5" }, "mlflow\ntensorflow\n"],
  ["saved_model", {}, "mlflow\ntensorflow\n"],
  ["onnx", {}, "mlflow\nonnx\nonnxruntime\n"],
] as const)("the other files say what Python needs for %s", (format, keras, requirements) => {
  const files = render(format);
  const { "data/keras_module.txt": module, "data/save_format.txt": saved } = files;
  expect({ ...(module && { module }), ...(saved && { saved }) }).toEqual(keras);
  expect(files["requirements.txt"]).toBe(requirements);
  expect(parse(files["conda.yaml"] ?? "").dependencies.at(-1)).toEqual({
    pip: requirements.trim().split("\n"),
  });
  expect(parse(files["python_env.yaml"] ?? "").dependencies).toEqual(["-r requirements.txt"]);
});
