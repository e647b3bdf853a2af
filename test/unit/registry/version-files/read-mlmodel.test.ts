import { expect, test } from "vitest";
import { parseMlmodel } from "../../../../shared/registry/version-files/read-mlmodel.ts";

const keras = `
flavors:
  python_function:
    data: data
    loader_module: mlflow.tensorflow
  tensorflow:
    code: null
    data: data
    keras_version: 2.21.0
    model_type: keras
    save_format: tf
metadata:
  labels: [a, b]
signature:
  inputs: '[{"type": "tensor", "name": "image", "tensor-spec": {"dtype": "float32",
    "shape": [-1, 208, 208, 3]}}]'
  params: null
`;

const flavor = (yaml: string) => parseMlmodel(`flavors:\n  ${yaml}\n`, "m/1").candidates;

test("reads what mlflow.tensorflow.log_model writes, folded strings included", () => {
  expect(parseMlmodel(keras, "m/1")).toEqual({
    candidates: [
      { format: "keras", path: "data/model.keras", isFolder: false },
      { format: "keras_h5", path: "data/model.h5", isFolder: false },
      { format: "saved_model", path: "data/model", isFolder: true },
    ],
    metadata: { labels: ["a", "b"] },
    inputShape: [-1, 208, 208, 3],
  });
});

test.each([
  ["tensorflow: {data: data, save_format: h5}", { format: "keras_h5", path: "data/model.h5" }],
  [
    "tensorflow: {model_type: tf2-module, saved_model_dir: tf2model}",
    { format: "saved_model", path: "tf2model" },
  ],
  ["keras: {data: data, keras_version: 3.15.1}", { format: "keras", path: "data/model.keras" }],
  ["onnx: {data: model.onnx, providers: [CPUExecutionProvider]}", { format: "onnx", path: "model.onnx" }],
])("finds the weights of %s first", (yaml, expected) => {
  expect(flavor(yaml)[0]).toMatchObject(expected);
});

test("takes no shape from a signature of columns, or from none", () => {
  const columns = keras.replace(/inputs: .*\n.*\n/, `inputs: '[{"type": "double", "name": "age"}]'\n`);
  expect(parseMlmodel(columns, "m/1").inputShape).toBeUndefined();
  expect(
    parseMlmodel("flavors:\n  onnx: {data: model.onnx}\nsignature: null\n", "m/1").inputShape,
  ).toBeUndefined();
});

test("refuses other flavors by name", () => {
  expect(() => flavor("sklearn: {pickled_model: model.pkl}")).toThrow(
    "m/1: Expected a model of flavor tensorflow (Keras or tf.Module), keras or onnx but received sklearn",
  );
});

test("refuses what is not an MLmodel", () => {
  expect(() => parseMlmodel("{", "m/1")).toThrow("m/1: its MLmodel file is not YAML");
  expect(() => parseMlmodel("just text", "m/1")).toThrow("m/1: its MLmodel file is not as MLflow writes it");
});
