import { expect, test } from "vitest";
import { readVersion } from "../../../support/version-files.ts";

const read = (files: Record<string, string>, tags?: Record<string, string>) => readVersion({ files, tags });

test("a whole contract in one tag wins over simple tags, and over nothing before it", async () => {
  const tags = {
    model_contract: '{"temperature": 2, "activation": "none"}',
    temperature: "3",
    multi_label: "true",
  };
  const { declared, declaredBy } = await read({ "model-contract.json": '{"activation": "softmax"}' }, tags);
  expect(declared).toEqual({ activation: "softmax", temperature: 2, multi_label: true });
  expect(declaredBy).toMatchObject({ activation: "model-contract.json", temperature: "version tags" });
});

test("a whole contract in MLmodel's metadata may be written as YAML or as JSON", async () => {
  const mlmodel = (value: string) =>
    `flavors:\n  onnx:\n    data: model.onnx\nmetadata:\n  model_contract: ${value}\n`;
  expect((await read({ MLmodel: mlmodel("{labels: [a, b]}") })).declared).toEqual({ labels: ["a", "b"] });
  expect((await read({ MLmodel: mlmodel(`'{"labels": ["a", "b"]}'`) })).declared).toEqual({
    labels: ["a", "b"],
  });
});

test.each([
  [
    "a tag",
    {},
    { model_contract: "{temperature: 2" },
    "m/1: version tags, model_contract: Expected JSON but received {temperature: 2",
  ],
  [
    "a file",
    { "extra_files/model-contract.json": "text" },
    {},
    "m/1: extra_files/model-contract.json: Expected JSON but received text",
  ],
])("a contract in %s that is no JSON is refused with its place", async (_, files, tags, message) => {
  await expect(read(files, tags)).rejects.toThrow(message);
});

test("a signature's shape is the last to be believed, and its classes are evidence", async () => {
  const tensor = (shape: number[]) =>
    JSON.stringify([{ type: "tensor", "tensor-spec": { dtype: "float32", shape } }]);
  const signature = `signature:\n  inputs: '${tensor([-1, 3, 64, 32])}'\n  outputs: '${tensor([-1, 4])}'\n`;
  const files = { MLmodel: `flavors:\n  onnx:\n    data: model.onnx\n${signature}` };
  const { declared, declaredBy, evidence } = await read(files, { input_size: "48x48" });
  expect(declared).toEqual({ input: { height: 48, width: 48, channels: 3 } });
  expect(declaredBy).toMatchObject({ "input.height": "version tags", "input.channels": "signature" });
  expect(evidence).toEqual({ classes: 4 });
});

test("the contract beside the model in its run is read where none is at the run's root", async () => {
  const inModel = { "run-files/model/model-contract.json": '{"temperature": 3}' };
  expect(await read(inModel)).toMatchObject({
    declared: { temperature: 3 },
    declaredBy: { temperature: "model-contract.json of its run" },
  });
  const both = { ...inModel, "run-files/model-contract.json": '{"temperature": 2}' };
  expect((await read(both)).declared).toEqual({ temperature: 2 });
});
