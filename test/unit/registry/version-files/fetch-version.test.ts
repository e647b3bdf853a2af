import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createObjectStore } from "../../../../shared/aws/object-store.ts";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { resolveVersion } from "../../../../shared/registry/resolve-version.ts";
import { createVersionCache } from "../../../../shared/registry/version-cache/version-cache.ts";
import { fetchVersion } from "../../../../shared/registry/version-files/fetch-version.ts";
import { createFakeRegistry, type FakeRegistry, type FakeVersion } from "../../../support/fake-registry.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";

const keras = "flavors:\n  tensorflow:\n    data: data\n    model_type: keras\n";

let folder: string;
let registry: FakeRegistry;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fetch-version-"));
  registry = createFakeRegistry();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A Keras version as MLflow logs it, with files beside it that serving has no use for. */
function addVersion(
  tags: Record<string, string>,
  others: Record<string, string> = {},
  origin: Pick<FakeVersion, "loggedModel" | "run"> = {},
) {
  const { files } = Object.assign(registry.add("1", "", tags), origin);
  files.clear();
  const content = {
    MLmodel: keras,
    "data/model.keras": "weights",
    "data/keras_module.txt": "tensorflow.keras",
    "conda.yaml": "name: m",
    "training/checkpoint": "very large",
    "window.json": "{}",
    ...others,
  };
  for (const [path, text] of Object.entries(content)) files.set(path, text);
  return files;
}

async function fetchFirst(requireHash = false) {
  const { directory, declared, declaredBy, evidence } = await fetchVersion(
    await resolveVersion(registry.mlflow, "m", { version: "1" }),
    {
      mlflow: registry.mlflow,
      store: createObjectStore({ region: "none" }),
      artifactRoot: undefined,
      cache: createVersionCache(folder),
      inUse: new Set(),
      requireHash,
    },
  );
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  return { files: files.sort(), declared, declaredBy, evidence };
}

const downloaded = () =>
  registry.requests
    .filter((path) => path.startsWith("mlflow-artifacts/artifacts/1/"))
    .map((path) => path.replace("mlflow-artifacts/artifacts/1/", ""));

test("fetches MLmodel and the weights it names, nothing else", async () => {
  addVersion({});
  expect((await fetchFirst()).files).toEqual(["MLmodel", "model.keras"]);
  expect([...new Set(downloaded())].sort()).toEqual(["MLmodel", "data/model.keras"]);
});

test("with REQUIRE_MODEL_HASH serves weights that are what their hash says, and no others", async () => {
  addVersion({});
  expect((await fetchFirst()).files).toContain("model.keras");
  const failure = await fetchFirst(true).catch((error) => error);
  expect(failure).toBeInstanceOf(ModelError);
  expect(failure.message).toContain("m/1 has no tag sha256");

  const sha256 = createHash("sha256").update("weights").digest("hex");
  registry = createFakeRegistry();
  addVersion({ sha256 });
  expect((await fetchFirst(true)).files).toContain("model.keras");
});

test("fetches the contract, and the reference window that it names", async () => {
  addVersion({}, { "model-contract.json": '{"reference_window":"window.json"}' });
  expect((await fetchFirst()).files).toEqual([
    "MLmodel",
    "model-contract.json",
    "model.keras",
    "window.json",
  ]);
});

test.each([
  ["version tags", { reference_window: "window.json" }, keras],
  ["MLmodel metadata", {}, `${keras}metadata:\n  reference_window: window.json\n`],
])("fetches the reference window that %s name", async (place, tags, mlmodel) => {
  addVersion(tags, { MLmodel: mlmodel });
  const { files, declaredBy } = await fetchFirst();
  expect(files).toContain("window.json");
  expect(declaredBy).toMatchObject({ reference_window: place });
});

test("takes each part of the contract from the first place that has it", async () => {
  addVersion(
    { temperature: "4", preprocessing: "resize", value_range: "0,1" },
    {
      "model-contract.json": '{"temperature":2}',
      MLmodel: `${keras}metadata:\n  temperature: 3\n  preprocessing: retina_disc\n`,
    },
  );
  expect((await fetchFirst()).declaredBy).toEqual({
    temperature: "model-contract.json",
    preprocessing: "MLmodel metadata",
    "input.value_range": "version tags",
  });
});

test("tells of a label file in a folder where none is read", async () => {
  addVersion({}, { "config/labels.txt": "normal\nglaucoma" });
  expect(await fetchFirst()).toMatchObject({
    declaredBy: {},
    evidence: { labelsElsewhere: "config/labels.txt" },
  });
});

test("refuses weights of another hash than registered, and keeps nothing of them", async () => {
  const files = addVersion({ sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" });
  await expect(fetchFirst()).rejects.toThrow(/data\/model\.keras: Expected SHA-256 ba78/);
  expect(await readdir(join(folder, "m"))).toEqual([]);

  files.set("data/model.keras", "abc");
  expect((await fetchFirst()).files).toEqual(["MLmodel", "model.keras"]);
});

test("names the wrong hash also where the files of its run cannot be listed", async () => {
  addVersion(
    { sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    {},
    { run: { files: {} } },
  );
  registry.failing = "mlflow/artifacts/list";
  await expect(fetchFirst()).rejects.toThrow(/data\/model\.keras: Expected SHA-256 ba78/);
});

describe("weights of several files", () => {
  const savedModel = "flavors:\n  tensorflow:\n    data: tf2model\n    saved_model_dir: tf2model\n";
  const onnx = "flavors:\n  onnx:\n    data: model.onnx\n";
  const cases: [string, Record<string, string>, [string, string][]][] = [
    [
      "a SavedModel",
      {
        MLmodel: savedModel,
        "tf2model/saved_model.pb": "graph",
        "tf2model/variables/variables.index": "index",
        "tf2model/assets/labels.txt": "normal\nglaucoma",
      },
      [
        ["assets/labels.txt", "normal\nglaucoma"],
        ["saved_model.pb", "graph"],
        ["variables/variables.index", "index"],
      ],
    ],
    [
      "ONNX with external data",
      {
        MLmodel: onnx,
        "model.onnx": "graph",
        "model.onnx.data": "tensors",
        "model-contract.json": '{"reference_window":"window.json"}',
      },
      [
        ["model.onnx", "graph"],
        ["model.onnx.data", "tensors"],
      ],
    ],
  ];
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  // As `sha256sum` prints it, which docs/models.md pipes into another.
  const hashAll = (files: [string, string][]) =>
    hash(files.map(([path, text]) => `${hash(text)}  ${path}\n`).join(""));

  test.each(cases)("%s serves when every one is what the hash says", async (_, others, weights) => {
    addVersion({ sha256: hashAll(weights) }, others);
    expect((await fetchFirst(true)).files).toContain("MLmodel");
  });

  test.each(cases)("%s is refused when one of them is another", async (_, others, weights) => {
    const [path = "", text = ""] = weights.at(-1) ?? [];
    const name = Object.keys(others).find((name) => name.endsWith(path)) ?? "";
    addVersion({ sha256: hashAll(weights) }, { ...others, [name]: `${text}!` });
    await expect(fetchFirst(true)).rejects.toThrow(/Expected SHA-256 .* of its [23] files but received/);
  });

  test("a hash that somebody writes later is held against what was fetched before", async () => {
    addVersion({});
    await fetchFirst();
    registry = createFakeRegistry();
    addVersion({ sha256: hash("others") });
    await expect(fetchFirst()).rejects.toThrow("Expected SHA-256");
  });
});

test("refuses a contract that says what cannot be before it fetches the weights", async () => {
  addVersion({ temperature: "-1" });
  await expect(fetchFirst()).rejects.toThrow(/^m\/1: version tags: temperature/);
  expect(downloaded()).toEqual(["MLmodel"]);
});

test("says which version's files could not be listed, and does not blame the version", async () => {
  addVersion({});
  const reference = await resolveVersion(registry.mlflow, "m", { version: "1" });
  registry.failing = "mlflow-artifacts/artifacts";
  const failure = await fetchVersion(reference, {
    mlflow: registry.mlflow,
    store: createObjectStore({ region: "none" }),
    artifactRoot: undefined,
    cache: createVersionCache(folder),
    inUse: new Set(),
  }).catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(ModelError);
  expect(failure).toMatchObject({
    message: "The files of m/1 at mlflow-artifacts:/1 cannot be listed: MLflow answered 500",
  });
});

test("asks for room for its files, and as much again for what is compiled, and protects what serves", async () => {
  addVersion({}, { "data/model.keras": "w".repeat(1_000) });
  const cache = createVersionCache(folder);
  const add = vi.spyOn(cache, "add");
  const reference = await resolveVersion(registry.mlflow, "m", { version: "1" });
  const inUse = new Set(["/served"]);
  await fetchVersion(reference, {
    ...{ mlflow: registry.mlflow, store: createObjectStore({ region: "none" }) },
    ...{ artifactRoot: undefined, cache, inUse },
  });
  const bytes = 2 * (keras.length + 1_000) + 5_000_000;
  expect(add).toHaveBeenCalledExactlyOnceWith(reference, bytes, inUse, expect.any(Function));
});

test("names the tags of the registered model that it does not read", async () => {
  addVersion({});
  registry.modelTags.push({ key: "labels", value: "normal, glaucoma" });
  expect((await fetchFirst()).declaredBy).toEqual({ ignored: "tags of the registered model: labels" });
});

describe("what a version does not say itself", () => {
  const everywhere = {
    loggedModel: { tags: { temperature: "2", activation: "softmax" }, params: { class_names: "['a', 'b']" } },
    run: {
      tags: { temperature: "3", activation: "none", multi_label: "true" },
      params: { class_names: "['x', 'y']", value_range: "0,1" },
      files: { "model-contract.json": '{"temperature":4,"multi_label":false,"reference_window":"w.json"}' },
    },
  };

  test("is taken from its logged model, then its run, the run's files, and params", async () => {
    addVersion({}, {}, everywhere);
    const { declared, declaredBy } = await fetchFirst();
    expect(declaredBy).toEqual({
      temperature: "tags of its logged model",
      activation: "tags of its logged model",
      multi_label: "tags of its run",
      reference_window: "model-contract.json of its run",
      labels: "params",
      "input.value_range": "params",
    });
    expect(declared).toMatchObject({
      temperature: 2,
      activation: "softmax",
      multi_label: true,
      labels: ["a", "b"],
    });
  });

  test("is not taken from them where the version says it", async () => {
    addVersion({ temperature: "1.5", labels: "p, q" }, {}, everywhere);
    expect((await fetchFirst()).declared).toMatchObject({ temperature: 1.5, labels: ["p", "q"] });
  });

  test("is not said where logged model and run were deleted", async () => {
    addVersion({}, {}, {});
    expect((await fetchFirst()).declared).toEqual({});
  });

  test("are labels in a file of its run, before params", async () => {
    const run = { params: { class_names: "x, y" }, files: { "labels.txt": "a\nb" } };
    addVersion({}, {}, { run });
    expect((await fetchFirst()).declaredBy).toEqual({ labels: "labels.txt of its run" });
  });

  test.each([
    ["MLmodel metadata", { MLmodel: `${keras}metadata:\n  dataset_classes: [w, x]\n` }, {}, {}],
    ["version tags", {}, { dataset_classes: "w, x" }, {}],
    ["tags of its logged model", {}, {}, { loggedModel: { tags: { dataset_classes: "w, x" } } }],
    ["tags of its run", {}, {}, { run: { tags: { dataset_classes: "w, x" } } }],
    ["params", {}, {}, { run: { params: { dataset_classes: "w, x" } } }],
  ])("are labels under an unknown name, of which it is told: %s", async (place, files, tags, origin) => {
    addVersion(tags, files, origin);
    expect(await fetchFirst()).toMatchObject({
      declared: {},
      evidence: { labelsElsewhere: `${place}: dataset_classes` },
    });
  });
});

describe("the input example", () => {
  const described = `${keras}saved_input_example_info:\n  artifact_path: example.json\n  type: ndarray\n`;
  const evidenceOf = async (tags: Record<string, string>) => {
    addVersion(tags, { MLmodel: described, "example.json": "[[0, 255]]" });
    return (await fetchFirst()).evidence;
  };

  test("is fetched, for the range of its values, where the version does not say its own", async () => {
    expect(await evidenceOf({ channel_order: "bgr" })).toEqual({ exampleRange: [0, 255] });
    expect(downloaded()).toContain("example.json");
  });

  test.each([{ value_range: "0,1" }, { mean: "1" }, { std: "2" }])(
    "is not fetched where it says %j",
    async (tags) => {
      expect(await evidenceOf(tags)).toEqual({});
      expect(downloaded()).not.toContain("example.json");
    },
  );

  test("is not fetched where it is large", async () => {
    const files = addVersion({}, { MLmodel: described });
    files.set("example.json", Buffer.alloc(30_000_001, 48));
    expect((await fetchFirst()).evidence).toEqual({});
    expect(downloaded()).not.toContain("example.json");
  });
});

describe("a version without what it needs", () => {
  test("is refused with where that was looked for", async () => {
    const files = addVersion({});
    files.delete("MLmodel");
    await expect(fetchFirst()).rejects.toThrow(
      new ModelError("m/1: its files hold no MLmodel (mlflow-artifacts:/1)"),
    );
    files.clear();
    await expect(fetchFirst()).rejects.toThrow(new ModelError("m/1 has no files at mlflow-artifacts:/1"));
  });

  test("is read behind the proxy where the given bucket has none of its files", async () => {
    addVersion({});
    const store = createMemoryStore();
    const reference = await resolveVersion(registry.mlflow, "m", { version: "1" });
    const options = {
      ...{ mlflow: registry.mlflow, store, cache: createVersionCache(folder), inUse: new Set<string>() },
      artifactRoot: "s3://wrong",
    };
    expect((await fetchVersion(reference, options)).format).toBe("keras");
  });
});

test("a version that is here is not fetched again, but what MLflow says of it is asked again", async () => {
  const { run } = { run: { tags: { temperature: "2" } } };
  addVersion({}, {}, { run });
  expect((await fetchFirst()).declared).toEqual({ temperature: 2 });
  registry.requests.length = 0;
  run.tags.temperature = "3";
  expect((await fetchFirst()).declared).toEqual({ temperature: 3 });
  expect(downloaded()).toEqual([]);
});
