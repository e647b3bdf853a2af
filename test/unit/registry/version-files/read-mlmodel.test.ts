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

const onnx = "flavors:\n  onnx: {data: model.onnx}\n";
const tensor = (shape: number[]) =>
  JSON.stringify([{ type: "tensor", "tensor-spec": { dtype: "float32", shape } }]);

test.each([
  ["the last axis of its output", tensor([-1, 4]), 4],
  ["nothing of an axis that is unknown", tensor([-1, -1]), undefined],
  ["nothing without axes", tensor([]), undefined],
  ["nothing of columns", '[{"type": "double", "name": "p"}]', undefined],
  ["nothing of another kind of value", '[{"type": "long", "tensor-spec": {"shape": [-1, 4]}}]', undefined],
  ["nothing of an empty list", "[]", undefined],
  ["nothing of what is no JSON", "tensor", undefined],
])("a signature's number of classes is %s", (_, outputs, expected) => {
  expect(parseMlmodel(`${onnx}signature: {outputs: '${outputs}'}\n`, "m/1").classes).toBe(expected);
});

test("an example counts when it is an array", () => {
  const example = (type: string) =>
    parseMlmodel(`${onnx}saved_input_example_info: {artifact_path: e.json, type: ${type}}\n`, "m/1")
      .examplePath;
  expect(example("ndarray")).toBe("e.json");
  expect(example("dataframe")).toBeUndefined();
  expect(parseMlmodel(`${onnx}saved_input_example_info: {artifact_path: 1}\n`, "m/1").examplePath).toBe(
    undefined,
  );
});

test("metadata is read as it is written: labels may look like numbers", () => {
  const metadata = "metadata:\n  labels: [0, 1.0, no]\n  temperature: 1.50\n";
  expect(parseMlmodel(onnx + metadata, "m/1").metadata).toEqual({
    labels: ["0", "1.0", "no"],
    temperature: "1.50",
  });
  expect(parseMlmodel(`${onnx}metadata: null\n`, "m/1").metadata).toEqual({});
  expect(parseMlmodel(onnx, "m/1").metadata).toEqual({});
});

test("of several flavors the weights that are served first are ONNX's, then Keras's own", () => {
  const paths = (yaml: string) => flavor(yaml).map(({ path }) => path);
  expect(paths("{keras: {data: k}, tensorflow: {data: t}, onnx: {data: model.onnx}}")).toEqual([
    "model.onnx",
    ...["k/model.keras", "k/model.h5", "k/model"],
    ...["t/model.keras", "t/model.h5", "t/model"],
  ]);
  expect(paths("keras: {keras_version: 3}")[0]).toBe("data/model.keras");
  expect(paths("tensorflow: {data: t, save_format: h5}")).toEqual(["t/model.h5", "t/model.keras", "t/model"]);
  expect(paths("tensorflow: {data: t, saved_model_dir: s}")).toEqual(["s"]);
});

test("names every flavor of a version that has none that is served", () => {
  expect(() => flavor("{python_function: {}, pytorch: {}}")).toThrow(
    /received python_function, pytorch\. PyTorch/,
  );
  expect(() => flavor("tensorflow: {model_type: keras}")).toThrow(/received tensorflow$/);
});

test("does not unfold a file that unfolds without end", () => {
  const anchors = Array.from({ length: 12 }, (_, index) => `x${index + 1}: [*a${index}, *a${index}]`);
  const bomb = anchors.map((line, index) => line.replace("[", `&a${index + 1} [`)).join("\n");
  expect(() => parseMlmodel(`${onnx}x0: &a0 [1]\n${bomb}\n`, "m/1")).toThrow("its MLmodel file is not YAML");
});
