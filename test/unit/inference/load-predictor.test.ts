import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ModelError } from "../../../shared/errors/model-error.ts";
import { normalizeValues } from "../../../shared/image/preprocessing/normalize-values.ts";
import { loadPredictor } from "../../../shared/inference/load-predictor.ts";
import { newVersion } from "../../../shared/inference/name-version.ts";
import { trialPictures } from "../../../shared/inference/predictor/trial-pictures.ts";
import { createArchive } from "../../../shared/keras-compiler/test/keras/create-archive.ts";
import {
  convolutionConfig,
  functional,
  kerasTensor,
  layer,
} from "../../../shared/keras-compiler/test/keras/keras-files.ts";
import type { ModelFiles, PixelTensor } from "../../../shared/schemas/model.ts";
import {
  type NormalizationPreset,
  normalizationPresets,
} from "../../../shared/schemas/normalization-presets.ts";

const packagedModel = path.resolve(import.meta.dirname, "../../../models/eye-disease/model.keras");
/** What Keras 3.15.1 answers for `packagedModel` and `patternOf(256)`. */
const kerasAnswer = [0.9051913022994995, 0.026860956102609634, 0.02543448470532894, 0.04251328483223915];

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "predictor-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function filesOf(changes: Partial<ModelFiles> = {}): ModelFiles {
  return {
    identity: { name: "eye-disease-model", version: "7", source: "mlflow_registry" },
    directory,
    format: "keras",
    path: "model.keras",
    declared: {},
    declaredBy: {},
    ...changes,
  };
}

function patternOf(side: number): PixelTensor {
  const data = Float32Array.from({ length: side * side * 3 }, (_, index) => index % 256);
  return { data, height: side, width: side };
}

const load = (files: ModelFiles) => loadPredictor(files, { engine: "onnx", threads: 1 });

/** A dense layer of as many units as labels, on an image of 2 x 2. */
async function writeClassifier(units: number, activation: string, bias: number[] = []): Promise<void> {
  const model = functional([
    layer("InputLayer", "image", { batch_shape: [null, 2, 2, 3] }),
    layer("Flatten", "flat", {}, [kerasTensor("image")]),
    layer("Dense", "head", { units, activation, use_bias: true }, [kerasTensor("flat")]),
  ]);
  const weights = [
    { shape: [12, units], values: new Array<number>(12 * units).fill(0) },
    { shape: [units], values: Array.from({ length: units }, (_, unit) => bias[unit] ?? 0) },
  ];
  await writeFile(
    path.join(directory, "model.keras"),
    await createArchive(model, { "layers/dense": weights }),
  );
}

const somePixels: PixelTensor = { data: new Float32Array(12), height: 2, width: 2 };

describe("the packaged model", () => {
  beforeEach(() => copyFile(packagedModel, path.join(directory, "model.keras")));

  test("answers as Keras does", async () => {
    const predictor = await load(filesOf());
    expect(predictor).toMatchObject({ engine: "onnx", identity: { version: "7" } });
    expect(predictor.loadTimeSeconds).toBeGreaterThan(0);
    const { probabilities } = await predictor.predict(patternOf(256));
    kerasAnswer.forEach((expected, index) => {
      expect(Math.abs((probabilities[index] ?? Number.NaN) - expected)).toBeLessThan(1e-5);
    });
    await predictor.dispose();
  });

  test("gives its features and its class map in the same pass", async () => {
    const predictor = await load(filesOf());
    expect(predictor.hasClassMap).toBe(true);
    const { probabilities, features, classMap } = await predictor.predict(patternOf(256));
    expect(features).toHaveLength(192);
    expect(classMap).toMatchObject({ height: 8, width: 8 });
    const logits = probabilities.map((_, unit) => {
      const positions = [...(classMap?.data ?? [])].filter((_value, index) => index % 4 === unit);
      return positions.reduce((sum, value) => sum + value, 0) / 64;
    });
    const powers = logits.map(Math.exp);
    const sum = powers.reduce((total, power) => total + power, 0);
    probabilities.forEach((probability, unit) => {
      expect((powers[unit] ?? 0) / sum).toBeCloseTo(probability, 5);
    });
    await predictor.dispose();
  });

  test("is compiled once and kept beside its file", async () => {
    await (await load(filesOf())).dispose();
    const compiled = path.join(directory, "compiled");
    const [kept = "", ...others] = await readdir(compiled);
    expect(others).toEqual([]);
    const graph = path.join(compiled, kept, "model.onnx");
    const { ino } = await stat(graph);
    await (await load(filesOf())).dispose();
    expect((await stat(graph)).ino).toBe(ino);
  });

  test("is compiled again when the kept graph is damaged", async () => {
    await (await load(filesOf())).dispose();
    const [kept = ""] = await readdir(path.join(directory, "compiled"));
    const folder = path.join(directory, "compiled", kept);
    for (const file of ["model.onnx", "summary.json"]) {
      await writeFile(path.join(folder, file), "damaged");
      const repaired = await load(filesOf());
      expect((await repaired.predict(patternOf(256))).probabilities).toHaveLength(4);
      await repaired.dispose();
    }
  });

  test("is compiled again when the kept graph's weights were damaged, which the engine does not see", async () => {
    await (await load(filesOf())).dispose();
    const [kept = ""] = await readdir(path.join(directory, "compiled"));
    const weights = path.join(directory, "compiled", kept, "model.onnx.data");
    const bytes = await readFile(weights);
    bytes.fill(0, bytes.length / 2, bytes.length / 2 + 4096);
    await writeFile(weights, bytes);
    const repaired = await load(filesOf());
    const { probabilities } = await repaired.predict(patternOf(256));
    kerasAnswer.forEach((expected, index) => {
      expect(Math.abs((probabilities[index] ?? Number.NaN) - expected)).toBeLessThan(1e-5);
    });
    await repaired.dispose();
  });

  test("is compiled again when its file changes", async () => {
    await (await load(filesOf())).dispose();
    await writeClassifier(4, "softmax");
    const predictor = await load(filesOf());
    expect(predictor.contract.input).toMatchObject({ height: 2, width: 2 });
    await predictor.dispose();
    expect(await readdir(path.join(directory, "compiled"))).toHaveLength(2);
  });

  test("is refused where it does not fit into the function's memory, before it is loaded", async () => {
    const loading = (memoryLimitMb: number) =>
      loadPredictor(filesOf(), { engine: "onnx", threads: 1, memoryLimitMb });
    // Its weights of 9.6 MB take two and a half times that.
    await expect(loading(100)).rejects.toThrow(
      /^Version 7 of eye-disease-model cannot be served: It needs about 2[34] MB of memory and \d+ MB are taken, but the function has 100 MB; raise memorySize of predict/,
    );
    const usedMb = process.memoryUsage.rss() / 2 ** 20;
    await (await loading(usedMb + 200)).dispose();
  });

  test("refuses pixels of another size", async () => {
    const predictor = await load(filesOf());
    await expect(predictor.predict(patternOf(224))).rejects.toThrow(
      "Expected 256 x 256 x 3 pixel values but received 224 x 224",
    );
    const short = { data: new Float32Array(5), height: 256, width: 256 };
    await expect(predictor.predict(short)).rejects.toThrow("with 5 values");
    await predictor.dispose();
  });
});

describe("the contract", () => {
  test("is completed from the graph and the defaults, and says so", async () => {
    await writeClassifier(4, "softmax");
    const predictor = await load(filesOf());
    expect(predictor.contract).toEqual({
      labels: ["cataract", "diabetic_retinopathy", "glaucoma", "normal"],
      input: {
        height: 2,
        width: 2,
        channels: 3,
        value_range: [0, 255],
        channel_order: "rgb",
        mean: [0, 0, 0],
        std: [1, 1, 1],
      },
      preprocessing: { kind: "resize", interpolation: "bicubic", antialias: true },
      multi_label: false,
      temperature: 1,
    });
    expect(predictor.contractBy).toMatchObject({ labels: "assumed", "input.height": "graph" });
    await predictor.dispose();
  });

  test("keeps what the version declares, and where", async () => {
    await writeClassifier(2, "softmax", [0, Math.log(4)]);
    const declared = {
      labels: ["ill", "well"],
      temperature: 2,
      input: { value_range: [-1, 1] as [number, number] },
    };
    const declaredBy = { labels: "model-contract.json", temperature: "tag", "input.value_range": "param" };
    const predictor = await load(filesOf({ declared, declaredBy }));
    expect(predictor.contract).toMatchObject({ ...declared, input: { height: 2, value_range: [-1, 1] } });
    expect(predictor.contractBy).toMatchObject({
      ...declaredBy,
      "input.width": "graph",
      preprocessing: "assumed",
    });
    // Probabilities 1/5 and 4/5 at temperature 2: their square roots, normalised.
    const [ill, well] = (await predictor.predict(somePixels)).probabilities;
    expect(ill).toBeCloseTo(1 / 3, 6);
    expect(well).toBeCloseTo(2 / 3, 6);
    await predictor.dispose();
  });

  test("takes a mean below 0 beside values from -1", async () => {
    await writeClassifier(4, "softmax");
    const input = {
      value_range: [-1, 1] as [number, number],
      mean: [-0.2, -0.4, -0.6],
      std: [0.5, 0.5, 0.5],
    };
    const predictor = await load(
      filesOf({ declared: { labels: ["a", "b", "c", "d"], input } as ModelFiles["declared"] }),
    );
    expect(predictor.contract.input).toMatchObject(input);
    await predictor.dispose();
  });

  test.each<[string, number, ModelFiles["declared"], string]>([
    [
      "labels that are not as many as the numbers",
      4,
      { labels: ["a", "b"] },
      "names 2 labels but the graph distinguishes 4 classes",
    ],
    [
      "no labels for another number than the default's",
      3,
      {},
      "distinguishes 3 classes and the version names no labels",
    ],
    [
      "another input size",
      4,
      { input: { height: 5, width: 2 } },
      "declares an input of 5 x 2 but the graph takes 2 x 2",
    ],
  ])("refuses %s", async (_, units, declared, reason) => {
    await writeClassifier(units, "softmax");
    await expect(load(filesOf({ declared }))).rejects.toThrow(reason);
  });
});

describe("the answer", () => {
  test("of a graph that ends in logits is their softmax, and the contract says so", async () => {
    await writeClassifier(4, "linear", [0, Math.log(2), Math.log(3), Math.log(4)]);
    for (const round of ["compiled", "kept"]) {
      const predictor = await load(filesOf());
      expect(predictor.contractBy.probabilities, round).toBe("softmax added to the graph's logits");
      const { probabilities } = await predictor.predict(somePixels);
      [0.1, 0.2, 0.3, 0.4].forEach((expected, index) => {
        expect(probabilities[index]).toBeCloseTo(expected, 6);
      });
      await predictor.dispose();
    }
  });

  test.each([
    ["sigmoid", undefined],
    ["linear", "sigmoid added to the graph's logits"],
  ])("of one %s unit is the second label's probability", async (activation, added) => {
    await writeClassifier(1, activation, [Math.log(4)]);
    const predictor = await load(filesOf({ declared: { labels: ["ill", "well"] } }));
    expect(predictor.contractBy.probabilities).toBe(added);
    const [ill, well] = (await predictor.predict(somePixels)).probabilities;
    expect(ill).toBeCloseTo(0.2, 6);
    expect(well).toBeCloseTo(0.8, 6);
    await predictor.dispose();
    await expect(load(filesOf())).rejects.toThrow("distinguishes 2 classes and the version names no labels");
  });

  test.each([
    ["sigmoid", [-1.1, -1.1, -1.1, -1.1], "It ends in 4 sigmoids, each a probability of its own"],
    ["softmax", [0], "A softmax of one unit always answers 1"],
    ["hard_sigmoid", [0, 0, 0, 0], "It ends in 4 sigmoids, each a probability of its own"],
    ["relu", [9, 0, 0, 0], "not a probability distribution (sum 9.0000"],
    ["softmax", [Number.NaN, 0, 0, 0], "numbers that are not finite"],
  ])("of a %s over %j is refused", async (activation, bias, reason) => {
    await writeClassifier(bias.length, activation, bias);
    await expect(load(filesOf())).rejects.toThrow(reason);
  });
});

test("logits behind a hidden sigmoid may be a mixture of probabilities: what they are must be declared", async () => {
  const dense = (name: string, units: number, activation: string, input: string) =>
    layer("Dense", name, { units, activation, use_bias: true }, [kerasTensor(input)]);
  const model = functional([
    layer("InputLayer", "image", { batch_shape: [null, 2, 2, 3] }),
    layer("Flatten", "flat", {}, [kerasTensor("image")]),
    dense("hidden", 2, "sigmoid", "flat"),
    dense("head", 4, "linear", "hidden"),
  ]);
  const weights = (inputs: number, bias: number[]) => [
    { shape: [inputs, bias.length], values: new Array<number>(inputs * bias.length).fill(0) },
    { shape: [bias.length], values: bias },
  ];
  const layers = {
    "layers/dense": weights(12, [0, 0]),
    "layers/dense_1": weights(2, [0, Math.log(2), Math.log(3), Math.log(4)]),
  };
  await writeFile(path.join(directory, "model.keras"), await createArchive(model, layers));
  await expect(load(filesOf())).rejects.toThrow('metadata={"activation": "softmax"}');
  const predictor = await load(filesOf({ declared: { activation: "softmax" } }));
  expect((await predictor.predict(somePixels)).probabilities[3]).toBeCloseTo(0.4, 6);
  await predictor.dispose();
});

describe("several labels at once", () => {
  const declared = { labels: ["a", "b", "c"], multi_label: true };

  test.each(["sigmoid", "linear"])("each %s unit is a probability of its own", async (activation) => {
    await writeClassifier(3, activation, [Math.log(4), 0, Math.log(4)]);
    const predictor = await load(filesOf({ declared }));
    const [first, second, third] = (await predictor.predict(somePixels)).probabilities;
    expect([first, second, third].map((value) => Number(value?.toFixed(5)))).toEqual([0.8, 0.5, 0.8]);
    await predictor.dispose();
  });

  test("a softmax is refused: it lets one class alone be true", async () => {
    await writeClassifier(3, "softmax");
    await expect(load(filesOf({ declared }))).rejects.toThrow("multi_label: true is declared");
  });
});

/**
 * A convolution that passes the channels on, and a normalisation that was trained on the photograph with such values.
 */
async function writeTrainedOn(trained: NormalizationPreset | undefined): Promise<void> {
  const side = 16;
  const values = trained && normalizeValues(trialPictures[0].create(side, side), trained);
  const ofChannel = (channel: number) =>
    values?.filter((_, i) => i % 3 === channel) ?? Float32Array.of(-1, 1);
  const meanOf = (list: Float32Array) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const means = [0, 1, 2].map((channel) => meanOf(ofChannel(channel)));
  const variances = means.map((mean, channel) =>
    meanOf(ofChannel(channel).map((value) => (value - mean) ** 2)),
  );
  const model = functional([
    layer("InputLayer", "image", { batch_shape: [null, side, side, 3] }),
    layer("Conv2D", "first", { ...convolutionConfig, kernel_size: [1, 1] }, [kerasTensor("image")]),
    layer("BatchNormalization", "normal", { axis: [3], epsilon: 0.001, scale: true, center: true }, [
      kerasTensor("first"),
    ]),
    layer("GlobalAveragePooling2D", "mean", { keepdims: false, data_format: "channels_last" }, [
      kerasTensor("normal"),
    ]),
    layer("Dense", "head", { units: 4, activation: "softmax", use_bias: true }, [kerasTensor("mean")]),
  ]);
  const threes = (list: number[]) => ({ shape: [3], values: list });
  const archive = await createArchive(model, {
    "layers/conv2d": [{ shape: [1, 1, 3, 3], values: [1, 0, 0, 0, 1, 0, 0, 0, 1] }, threes([0, 0, 0])],
    "layers/batch_normalization": [threes([0.5, 2, 1]), threes([3, 0, 1]), threes(means), threes(variances)],
    "layers/dense": [
      { shape: [3, 4], values: new Array<number>(12).fill(0) },
      { shape: [4], values: [0, 0, 0, 0] },
    ],
  });
  await writeFile(path.join(directory, "model.keras"), archive);
}

describe("the statistics of the first normalisation", () => {
  const bytes: NormalizationPreset = {
    value_range: [0, 255],
    mean: [0, 0, 0],
    std: [1, 1, 1],
    channel_order: "rgb",
  };

  test.each([
    ["caffe's values", normalizationPresets.caffe, "minus caffe's mean", "normalization", "caffe"],
    [
      "ImageNet's statistics",
      normalizationPresets.imagenet,
      "by ImageNet's statistics",
      "normalization",
      "imagenet",
    ],
    ["values 0..1", { ...bytes, value_range: [0, 1] as [number, number] }, "0..1", "value_range", "0,1"],
    [
      "pixels in the order BGR",
      { ...bytes, channel_order: "bgr" as const },
      "order BGR",
      "channel_order",
      "bgr",
    ],
  ])("of %s refuse 0..255, with the line to add", async (_, trained, named, field, value) => {
    await writeTrainedOn(trained);
    const loading = load(filesOf());
    await expect(loading).rejects.toThrow(named);
    await expect(loading).rejects.toThrow(
      `metadata={"${field}": "${value}"} at log_model, or for this version mlflow.MlflowClient().set_model_version_tag("eye-disease-model", "7", "${field}", "${value}")`,
    );
    await expect(loading).rejects.toThrow(
      'If it was trained on other values, for example because the training was too short for these statistics to settle, say those: "value_range": "0,255" (pixels as they are), "0,1", "-1,1"',
    );
    const declared = { input: { value_range: [0, 255] as [number, number] } };
    await (await load(filesOf({ declared }))).dispose();
  });

  test("name mean and std where these are declared otherwise", async () => {
    await writeTrainedOn(bytes);
    const half: [number, number, number] = [0.5, 0.5, 0.5];
    const files = filesOf({
      declared: { input: { mean: half, std: half } },
      declaredBy: { "input.mean": "MLmodel metadata", "input.std": "params" },
    });
    await expect(load(files)).rejects.toThrow(
      "It declares mean 0.5, 0.5, 0.5 (MLmodel metadata) and std 0.5, 0.5, 0.5 (params), and values 0..1 would be assumed, but the statistics of its first normalisation " +
        "fit a training on values 0..255 best: value_range 0, 255; mean 0, 0, 0; std 1, 1, 1; channel_order rgb. " +
        'Correct mean and std there; if what it declares is right, say the range, too: metadata={"value_range": "0,1"} at log_model, or for this version ' +
        'mlflow.MlflowClient().set_model_version_tag("eye-disease-model", "7", "value_range", "0,1")',
    );
  });

  test("say so where they fit, and nothing where they are not trained", async () => {
    const evidenceOf = async (trained: NormalizationPreset | undefined) => {
      await writeTrainedOn(trained);
      const { contractBy, dispose } = await load(filesOf());
      await dispose();
      return contractBy["input.value_range"];
    };
    expect(await evidenceOf(bytes)).toBe("assumed: the statistics of its first normalisation say so");
    expect(await evidenceOf(undefined)).toMatch(
      /^assumed: its answers fit; .* must be declared \(normalization: caffe\)$/,
    );
  });
});

describe("what is assumed", () => {
  const four = ["a", "b", "c", "d"];

  test.each<[string, Partial<ModelFiles>, string]>([
    [
      "labels of another model than the default one",
      { identity: { name: "other", version: "7", source: "mlflow_registry" } },
      'the version names no labels; name 4 labels in the order of its output. For this version: mlflow.MlflowClient().set_model_version_tag("other", "7", "labels", "class 0, class 1, class 2, class 3"); ' +
        'for the next one: metadata={"labels":["class 0","class 1","class 2","class 3"]} at log_model',
    ],
    [
      "labels of the default model, where its run seems to say others",
      { evidence: { labelsElsewhere: "params: dataset_classes" } },
      "params: dataset_classes seems to hold labels, under a name or in a folder that this service does not know",
    ],
    [
      "0..255, where the example holds 0..1",
      { evidence: { exampleRange: [0.01, 0.99] } },
      'Its input example holds values from 0.01 to 0.99, but nothing declares the range of its values, and 0..255 would be assumed. Say it: metadata={"value_range": "0,1"} at log_model, or for this version mlflow.MlflowClient().set_model_version_tag("eye-disease-model", "7", "value_range", "0,1")',
    ],
    [
      "0..255, where the example is normalised",
      { evidence: { exampleRange: [-2.1, 2.6] } },
      'metadata={"normalization": "imagenet" (or "value_range": "-1,1")}',
    ],
    [
      "another number of classes than the signature's",
      { evidence: { classes: 5 } },
      "Its signature has 5 outputs",
    ],
    [
      "one scale for mean and std and another for the values",
      {
        declared: {
          labels: four,
          input: { value_range: [0, 255], mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] },
        },
      },
      "write all on one scale",
    ],
    [
      "mean and std of 0..1 beside values that they would bring to -1..1 and already are",
      {
        declared: {
          labels: four,
          input: { value_range: [-1, 1], mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
        },
      },
      "belong to values 0..1 but value_range is -1..1: write all on one scale",
    ],
    [
      "a mean of 0..255 beside a std of 0..1",
      { declared: { labels: four, input: { mean: [123.7, 116.3, 103.5], std: [0.229, 0.224, 0.225] } } },
      "belong to values of two scales",
    ],
    [
      "a range that ends where it should begin",
      { declared: { labels: four, input: { value_range: [1, 0] } } },
      "value_range: Expected the lower end first but received 1, 0",
    ],
    [
      "a crop larger than the picture",
      {
        declared: {
          labels: four,
          preprocessing: { kind: "center_crop", shorter_side: 1, interpolation: "bilinear" },
        },
      },
      "A shorter_side of 1 is smaller than the input of 2 x 2",
    ],
  ])("is refused: %s", async (_, changes, reason) => {
    await writeClassifier(4, "softmax");
    await expect(load(filesOf(changes))).rejects.toThrow(reason);
  });

  test.each<[string, Partial<ModelFiles>]>([
    ["an example of 0..255", { evidence: { exampleRange: [0, 255] } }],
    ["an example of one value, which tells nothing", { evidence: { exampleRange: [1, 1] } }],
    [
      "what is declared, whatever the example holds",
      { declared: { labels: four, input: { value_range: [0, 255] } }, evidence: { exampleRange: [0, 1] } },
    ],
  ])("is served with %s", async (_, changes) => {
    await writeClassifier(4, "softmax");
    await (await load(filesOf(changes))).dispose();
  });

  test("mean and std below 1 imply values 0..1", async () => {
    await writeClassifier(4, "softmax");
    const predictor = await load(filesOf({ declared: { labels: four, input: { mean: [0.5, 0.5, 0.5] } } }));
    expect(predictor.contract.input.value_range).toEqual([0, 1]);
    expect(predictor.contractBy["input.value_range"]).toBe("implied by mean and std");
    await predictor.dispose();
  });
});

const convolution = { padding: "valid", strides: [1, 1], dilation_rate: [1, 1], groups: 1, use_bias: false };

/** A convolution and the mean over the picture; the first class grows by `gain` from black to a mean of 1. */
async function writeNetwork(gain: number): Promise<void> {
  const image = kerasTensor("image");
  const model = functional([
    layer("InputLayer", "image", { batch_shape: [null, 8, 8, 3] }),
    layer("Conv2D", "convolution", { ...convolution, filters: 1, kernel_size: [1, 1] }, [image]),
    layer("GlobalAveragePooling2D", "mean", {}, [kerasTensor("convolution")]),
    layer("Dense", "head", { units: 4, activation: "softmax", use_bias: false }, [kerasTensor("mean")]),
  ]);
  const weights = {
    "layers/conv2d": [{ shape: [1, 1, 3, 1], values: [1 / 3, 1 / 3, 1 / 3] }],
    "layers/dense": [{ shape: [1, 4], values: [gain, 0, 0, 0] }],
  };
  await writeFile(path.join(directory, "model.keras"), await createArchive(model, weights));
}

/** Like `writeNetwork` without its convolution: the first class grows with the picture's first number. */
async function writeRowClassifier(gain: number): Promise<void> {
  const model = functional([
    layer("InputLayer", "image", { batch_shape: [null, 2, 2, 3] }),
    layer("Flatten", "flat", {}, [kerasTensor("image")]),
    layer("Dense", "head", { units: 4, activation: "softmax", use_bias: false }, [kerasTensor("flat")]),
  ]);
  const values = Array.from({ length: 48 }, (_, index) => (index % 4 === 0 ? gain : 0));
  await writeFile(
    path.join(directory, "model.keras"),
    await createArchive(model, { "layers/dense": [{ shape: [12, 4], values }] }),
  );
}

describe("values that nothing declares", () => {
  const named = (name: string, changes: Partial<ModelFiles> = {}) =>
    filesOf({
      identity: { name, version: "7", source: "mlflow_registry" },
      declared: { labels: ["a", "b", "c", "d"] },
      ...changes,
    });
  const serve = async (files: ModelFiles) => (await load(files)).dispose();
  /** Of networks for which values around 1, and around 255, are the usual ones. */
  const gains = { unit: 8, bytes: 8 / 255 };

  test.each(["eye-disease-model", "other"])(
    "are 0..255 for a graph of %s whose answers fit, and refused with the line to add for one that was trained on 0..1",
    async (name) => {
      await writeNetwork(gains.bytes);
      await serve(named(name));
      await writeNetwork(gains.unit);
      await expect(load(named(name))).rejects.toThrow(
        /it answers a photograph with full certainty.*metadata=\{"value_range": "0,1"\}/,
      );
    },
  );

  test("are asked for where the answers leave it open, but for the default model", async () => {
    await writeNetwork(2);
    await expect(load(named("other"))).rejects.toThrow("it answers a photograph with full certainty");
    await serve(named("eye-disease-model"));
    await writeNetwork(0.1);
    await serve(named("other"));
  });

  test("are 0..255 for a graph without a convolution, however sure it is", async () => {
    await writeRowClassifier(5);
    await serve(named("other"));
  });

  test("do not matter to a graph that ignores the picture", async () => {
    await writeNetwork(0);
    await serve(named("other"));
  });

  test.each<[string, Partial<ModelFiles>]>([
    ["value_range", { declared: { labels: ["a", "b", "c", "d"], input: { value_range: [0, 255] } } }],
    ["the input example", { evidence: { exampleRange: [0, 255] } }],
  ])("are no question where %s says them", async (_, changes) => {
    await writeNetwork(gains.unit);
    await serve(named("other", changes));
  });

  test("are not implied by mean and std where the graph sees nothing then", async () => {
    const input = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] } as const;
    const declared = { labels: ["a", "b", "c", "d"], input: { mean: [...input.mean], std: [...input.std] } };
    await writeNetwork(gains.bytes);
    await expect(load(named("other", { declared } as Partial<ModelFiles>))).rejects.toThrow(
      "Its mean and std imply values 0..1, but it distinguishes pictures only at 0..255",
    );
    await writeNetwork(gains.unit);
    await serve(named("other", { declared } as Partial<ModelFiles>));
  });
});

describe("what cannot be loaded", () => {
  const refused = "Version 7 of eye-disease-model cannot be served: ";

  test.each<[string, Partial<ModelFiles>, string, string]>([
    ["a file that is not an archive", {}, "nothing of the kind", "Expected a zip file"],
    [
      "an HDF5 file that is none",
      { format: "keras_h5" },
      "nothing of the kind",
      "The weights are not a readable HDF5 file",
    ],
    [
      "an ONNX file that is none",
      { format: "onnx" },
      "nothing of the kind",
      "ONNX Runtime cannot load the graph",
    ],
    [
      "an empty Keras file",
      {},
      "",
      "Expected a Keras 3 model (a zip file) in model.keras but received an empty file (0 bytes): export or copy it again",
    ],
    [
      "an empty HDF5 file",
      { format: "keras_h5" },
      "",
      "Expected a Keras model (HDF5) in model.keras but received an empty file (0 bytes): ",
    ],
    [
      "an empty ONNX file",
      { format: "onnx" },
      "",
      "Expected an ONNX model in model.keras but received an empty file (0 bytes): ",
    ],
  ])("is refused with the version's name: %s", async (_, changes, content, reason) => {
    await writeFile(path.join(directory, "model.keras"), content);
    const loading = load(filesOf(changes));
    await expect(loading).rejects.toThrow(ModelError);
    await expect(loading).rejects.toThrow(refused + reason);
  });

  test("is called the new version as long as it is not registered", async () => {
    await writeFile(path.join(directory, "model.keras"), "nothing of the kind");
    const identity = { ...filesOf().identity, version: newVersion };
    await expect(load(filesOf({ identity }))).rejects.toThrow(
      "The new version of eye-disease-model cannot be served: Expected a zip file",
    );
  });

  test("is a SavedModel whose graph is empty", async () => {
    await mkdir(path.join(directory, "tf2model"));
    await writeFile(path.join(directory, "tf2model/saved_model.pb"), "");
    const files = filesOf({ format: "saved_model", path: "tf2model" });
    await expect(loadPredictor(files, { engine: "auto" })).rejects.toThrow(
      "Expected a TensorFlow graph in tf2model/saved_model.pb but received an empty file (0 bytes): ",
    );
  });

  test("is a missing file", async () => {
    await expect(load(filesOf())).rejects.toThrow(`${refused}ENOENT`);
  });

  test("is a SavedModel on ONNX Runtime", async () => {
    await mkdir(path.join(directory, "model"));
    const loading = load(filesOf({ format: "saved_model", path: "model" }));
    await expect(loading).rejects.toThrow(`${refused}The format saved_model runs on tensorflow, not on onnx`);
  });

  test("leaves nothing behind", async () => {
    await writeFile(path.join(directory, "model.keras"), await createArchive(functional([]), {}));
    await expect(load(filesOf())).rejects.toThrow(ModelError);
    const left = await readdir(path.join(directory, "compiled")).catch(() => []);
    expect(left).toEqual([]);
  });
});
