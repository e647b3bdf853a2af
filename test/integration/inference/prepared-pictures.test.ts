import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ensureTensorflow } from "../../../scripts/tensorflow/tensorflow.ts";
import { ModelError } from "../../../shared/errors/model-error.ts";
import { preparePixels } from "../../../shared/image/preprocessing/prepare-pixels.ts";
import { graphPathIn } from "../../../shared/inference/compiled/compiled-model.ts";
import { loadPredictor } from "../../../shared/inference/load-predictor.ts";
import { LayerGraph } from "../../../shared/keras-compiler/graph/layer-graph.ts";
import { createWeight } from "../../../shared/keras-compiler/graph/weight.ts";
import { writeGraph } from "../../../shared/keras-compiler/write-graph.ts";
import { parseSimpleFields } from "../../../shared/registry/contract/parse-declared-fields.ts";
import {
  type DeclaredContract,
  defaultModelName,
  type EngineName,
  engineNames,
} from "../../../shared/schemas/model.ts";
import { createLibraryPicture } from "../../support/library-picture.ts";

/** Pixels as the library named prepares them (test/fixtures/image/make-library-references.py). */
const references = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../fixtures/image/library-references.json"), "utf8"),
) as Record<string, number[]>;

const tensorflow = await ensureTensorflow((message) => console.info(message), { retry: false });
const engines = engineNames.filter((name) => name !== "tensorflow" || tensorflow.installed);

const whole = { width: 53, height: 37 };
const corner = { width: 3, height: 3 };
const kinds: [reference: string, metadata: Record<string, string>, picture: typeof whole][] = [
  [
    "torchvision: Resize(12) bilinear, CenterCrop, imagenet",
    { shorter_side: "12", interpolation: "bilinear", normalization: "imagenet" },
    whole,
  ],
  [
    "timm: crop_pct 0.8 bicubic, imagenet",
    { crop_pct: "0.8", interpolation: "bicubic", mean: "0.485, 0.456, 0.406", std: "0.229, 0.224, 0.225" },
    whole,
  ],
  ["tensorflow: bilinear without antialiasing", { interpolation: "bilinear", antialias: "false" }, whole],
  ["pillow: nearest", { interpolation: "nearest" }, whole],
  ["keras: preprocess_input caffe", { normalization: "caffe" }, corner],
  [
    "keras: preprocess_input caffe",
    { channel_order: "bgr", value_range: "0,255", mean: "[103.939, 116.779, 123.68]", std: "1" },
    corner,
  ],
  ["keras: preprocess_input tf", { value_range: "-1,1" }, corner],
  ["keras: preprocess_input torch", { normalization: "torch" }, corner],
];

/** Largest difference of a probability, 0..1. */
const tolerance = 1e-3;
const classes = 4;

test.each(engines.flatMap((engine) => kinds.map((kind) => [engine, ...kind] as const)))(
  "%s answers what it answers to the pixels of %s when a version declares %j",
  async (engine, name, metadata, size) => {
    const side = Math.sqrt((references[name] ?? []).length / 3);
    // A graph of 3 x 3 x 3 numbers does not show which axis holds its channels; one of twice the height does.
    const repeats = side === 3 ? 2 : 1;
    const expectedPixels = repeat(references[name] ?? [], repeats);
    const kernel = createKernel(expectedPixels);
    const folder = await mkdtemp(path.join(tmpdir(), "prepared-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    writeGraph(graphPathIn(folder, engine), createClassifier(side * repeats, side, kernel));
    const predictor = await loadPredictor(
      {
        identity: { name: defaultModelName, version: "1", source: "mlflow_registry" },
        directory: folder,
        ...ownFiles[engine],
        declared: parseSimpleFields(metadata, "metadata"),
        declaredBy: {},
      },
      { engine, threads: 1 },
    );
    onTestFinished(() => predictor.dispose());

    const { data, width, height } = createLibraryPicture(size);
    const picture = { data: Uint8Array.from(repeat([...data], repeats)), width, height: height * repeats };
    const { probabilities } = await predictor.predict(preparePixels(picture, predictor.contract));
    const expected = softmax(multiply(expectedPixels, kernel));
    expect(Math.max(...expected)).toBeLessThan(0.9);
    for (const [index, probability] of expected.entries())
      expect(Math.abs((probabilities[index] ?? Number.NaN) - probability)).toBeLessThan(tolerance);
  },
);

test.each(engines)(
  "on %s, a picture that the model gives no number for is the model's failure, and no other's",
  async (engine) => {
    const folder = await mkdtemp(path.join(tmpdir(), "failing-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    writeGraph(graphPathIn(folder, engine), createRootClassifier());
    const predictor = await loadPredictor(
      {
        identity: { name: defaultModelName, version: "5", source: "mlflow_registry" },
        directory: folder,
        ...ownFiles[engine],
        declared: { labels: ["a", "b"] },
        declaredBy: {},
      },
      { engine, threads: 1 },
    );
    onTestFinished(() => predictor.dispose());
    const paint = (colour: number[]) => ({
      data: Float32Array.from(repeat(colour, 8)),
      height: 2,
      width: 4,
    });
    expect((await predictor.predict(paint([90, 90, 90]))).probabilities).toHaveLength(2);
    const failed = predictor.predict(paint([0, 255, 0]));
    await expect(failed).rejects.toThrow(ModelError);
    await expect(failed).rejects.toThrow(
      "Version 5 of eye-disease-model failed to answer: The graph answers with numbers that are not finite",
    );
  },
);

/** The root of 200 + red - green of the mean colour, which exists for every picture but the greenest. */
function createRootClassifier(): LayerGraph {
  const graph = new LayerGraph();
  const image = graph.addInput("image", [null, 2, 4, 3]);
  const axes = [1, 2];
  const mean = graph.add(
    { type: "reduction", mode: "average", axes, keepDimensions: false },
    [image],
    "mean",
  );
  const kernel = createWeight([3, 2], Float32Array.of(1, 1, -1, -1, 0, 0));
  const difference = graph.add(
    { type: "dense", kernel, bias: Float32Array.of(200, 220) },
    [mean],
    "difference",
  );
  const root = graph.add({ type: "activation", kind: "square_root" }, [difference], "root");
  graph.addOutput("answer", graph.add({ type: "softmax" }, [root], "answer"));
  return graph;
}

test.each(engines)(
  "on %s, a network for values around 1 is refused where nothing says so",
  async (engine) => {
    const folder = await mkdtemp(path.join(tmpdir(), "values-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    writeGraph(graphPathIn(folder, engine), createNetwork());
    const load = (declared: DeclaredContract) =>
      loadPredictor(
        {
          identity: { name: "other", version: "5", source: "mlflow_registry" },
          directory: folder,
          ...ownFiles[engine],
          declared: { labels: ["a", "b"], ...declared },
          declaredBy: {},
        },
        { engine, threads: 1 },
      );
    await expect(load({})).rejects.toThrow(
      'metadata={"value_range": "0,1"} at log_model, or for this version mlflow.MlflowClient().set_model_version_tag("other", "5", "value_range", "0,1")',
    );
    await (await load({ input: { value_range: [0, 1] } })).dispose();
  },
);

/** A convolution and the mean over the picture; the first class grows by 8 from black to a mean of 1. */
function createNetwork(): LayerGraph {
  const graph = new LayerGraph();
  const image = graph.addInput("image", [null, 4, 8, 3]);
  const convolution = {
    type: "convolution",
    kernel: createWeight([1, 1, 3, 1], Float32Array.of(1 / 3, 1 / 3, 1 / 3)),
    strides: [1, 1],
    dilation: [1, 1],
    padding: "valid",
    groups: 1,
    depthwise: false,
  } as const;
  const map = graph.add(convolution, [image], "map");
  const axes = [1, 2];
  const mean = graph.add({ type: "reduction", mode: "average", axes, keepDimensions: false }, [map], "mean");
  const logits = graph.add(
    { type: "dense", kernel: createWeight([1, 2], Float32Array.of(8, 0)) },
    [mean],
    "logits",
  );
  graph.addOutput("answer", graph.add({ type: "softmax" }, [logits], "answer"));
  return graph;
}

const ownFiles = {
  onnx: { format: "onnx", path: "model.onnx" },
  tensorflow: { format: "saved_model", path: "." },
} as const satisfies Record<EngineName, object>;

/** Every pixel matters, differently for each class, and about as much whatever the pixels' scale. */
function createKernel(pixels: readonly number[]): Float32Array {
  const scale = 4 / Math.hypot(...pixels);
  return Float32Array.from(
    { length: pixels.length * classes },
    (_, index) => scale * Math.sin(index * 1.7 + (index % classes)),
  );
}

const repeat = (values: readonly number[], times: number) =>
  Array.from({ length: times }, () => values).flat();

function createClassifier(height: number, width: number, kernel: Float32Array): LayerGraph {
  const graph = new LayerGraph();
  const image = graph.addInput("image", [null, height, width, 3]);
  const count = height * width * 3;
  const row = graph.add({ type: "reshape", shape: [null, count] }, [image], "row");
  const logits = graph.add(
    { type: "dense", kernel: createWeight([count, classes], kernel) },
    [row],
    "logits",
  );
  graph.addOutput("answer", graph.add({ type: "softmax" }, [logits], "answer"));
  return graph;
}

function multiply(pixels: readonly number[], kernel: Float32Array): number[] {
  return Array.from({ length: classes }, (_, unit) =>
    pixels.reduce((sum, value, index) => sum + value * (kernel[index * classes + unit] as number), 0),
  );
}

function softmax(logits: readonly number[]): number[] {
  const powers = logits.map((logit) => Math.exp(logit));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
