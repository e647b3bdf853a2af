import { expect, test } from "vitest";
import { readVersion } from "../../../support/version-files.ts";

async function readLabels(files: Record<string, string>) {
  const { declared, evidence } = await read(files);
  return { labels: declared.labels, elsewhere: evidence?.labelsElsewhere };
}

const read = (files: Record<string, string>, registeredTags?: Record<string, string>) =>
  readVersion({ files, registeredTags });

test.each([
  ["at the root", "labels.txt"],
  ["beside the model in its run", "run-files/model/labels.txt"],
])("reads a label file %s", async (_, path) => {
  expect(await readLabels({ [path]: "normal\nglaucoma" })).toEqual({ labels: ["normal", "glaucoma"] });
});

test.each([
  ["a list", "config/labels.txt", "normal\nglaucoma", "config/labels.txt"],
  [
    "names by index",
    "run-files/config/id2label.json",
    '{"0":"a","1":"b"}',
    "config/id2label.json of its run",
  ],
])("does not read %s in another folder, and tells of it", async (_, path, text, elsewhere) => {
  expect(await readLabels({ [path]: text })).toEqual({ elsewhere });
});

test.each([
  ["the label of each photograph", "normal\nglaucoma\nnormal"],
  ["no labels", "dict_keys(['normal', 'glaucoma'])"],
])("does not tell of a file in another folder that holds %s", async (_, text) => {
  expect(await readLabels({ "dataset/labels.txt": text })).toEqual({});
});

const mlmodel = (...metadata: string[]) => ({
  MLmodel: ["flavors:", "  onnx:", "    data: model.onnx", "metadata:", ...metadata].join("\n"),
});

test("names the entries of the metadata that declare nothing", async () => {
  const { declaredBy } = await read(mlmodel("  labels: a, b", "  author: ana", "  fov_degrees: 45"));
  expect(declaredBy).toEqual({
    labels: "MLmodel metadata",
    ignored: "MLmodel metadata: author, fov_degrees",
  });
  const many = Array.from({ length: 12 }, (_, index) => `  entry_${index}: a`);
  expect((await read(mlmodel(...many))).declaredBy.ignored).toMatch(/entry_9 and 2 more$/);
  expect((await read(mlmodel("  labels: a, b"))).declaredBy).toEqual({ labels: "MLmodel metadata" });
});

test.each([
  ["labels", "normal, glaucoma"],
  ["value_range", "0,1"],
  ["normalization", "imagenet"],
  ["model_contract", '{"temperature":2}'],
])("names a tag of the registered model that says %s, which it does not read", async (key, value) => {
  const { declared, declaredBy, evidence } = await read(mlmodel("  author: ana"), { [key]: value });
  expect(declared).toEqual({});
  expect(declaredBy).toEqual({ ignored: `MLmodel metadata: author; tags of the registered model: ${key}` });
  expect(evidence).toEqual({});
});

test.each([
  ["other labels than those that would be assumed", "normal, glaucoma, diabetic_retinopathy, cataract", true],
  ["the same", "cataract, diabetic_retinopathy, glaucoma, normal", false],
])("a tag of the registered model with %s", async (_, labels, isTold) => {
  const { evidence } = await read({}, { labels });
  expect(evidence).toEqual(isTold ? { labelsElsewhere: "tags of the registered model: labels" } : {});
});

test("leaves alone tags of the registered model that the version says itself, or that are for people", async () => {
  const files = mlmodel("  labels: a, b", "  value_range: 0,1");
  const tags = { labels: "retina", value_range: "0,255", preprocessing: "see the wiki", "audit.1": "moved" };
  const { declared, declaredBy } = await read(files, tags);
  expect(declared.labels).toEqual(["a", "b"]);
  expect(declaredBy.ignored).toBeUndefined();
});

test("reads a contract file that begins with a byte order mark", async () => {
  const { declared } = await read({ "model-contract.json": '\uFEFF{"labels":["normal","glaucoma"]}' });
  expect(declared).toEqual({ labels: ["normal", "glaucoma"] });
});

test.each([
  ["0 cataract\n1 no disease\n", ["cataract", "no disease"]],
  ["1 no disease\r\n0 cataract\r\n", ["cataract", "no disease"]],
  ["1 mild\n2 severe", ["1 mild", "2 severe"]],
  ["0 none\nmild", ["0 none", "mild"]],
  ["0 none\n0 mild", ["0 none", "0 mild"]],
])(
  "reads labels.txt with an index in every line, as Teachable Machine writes it: %j",
  async (text, labels) => {
    expect((await readLabels({ "labels.txt": text })).labels).toEqual(labels);
    const asWritten = text.trim().split(/\r?\n/);
    expect((await readLabels({ "class_names.txt": text })).labels).toEqual(asWritten);
  },
);
