import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { loadPredictor } from "../../../../shared/inference/load-predictor.ts";
import {
  createModel,
  createNode,
  createTensor,
} from "../../../../shared/keras-compiler/onnx/onnx-messages.ts";
import { bytesOf, Message } from "../../../../shared/keras-compiler/protobuf/message.ts";
import { writeChunks } from "../../../../shared/keras-compiler/protobuf/write-chunks.ts";
import type { ModelFiles } from "../../../../shared/schemas/model.ts";

/** Values of TensorProto.DataType in onnx.proto. */
const type = { float32: 1, uint8: 2, int64: 7, float16: 10 } as const;
type TypeName = keyof typeof type;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "onnx-engine-"));
});
afterEach(() => rm(directory, { recursive: true }));

function value(name: string, typeName: TypeName, shape: readonly (number | string)[]): Message {
  const dimensions = new Message();
  for (const size of shape) {
    const dimension = new Message();
    dimensions.message(1, typeof size === "string" ? dimension.string(2, size) : dimension.integer(1, size));
  }
  const tensor = new Message().integer(1, type[typeName]).message(2, dimensions);
  return new Message().string(1, name).message(2, new Message().message(1, tensor));
}

const averages = createNode("GlobalAveragePool", ["image"], "averages", {});
const flat = createNode("Flatten", ["averages"], "flat", {});
const softmax = createNode("Softmax", ["flat"], "probabilities", { axis: -1 });
const image = value("image", "float32", ["N", 3, 4, 4]);
const probabilities = value("probabilities", "float32", ["N", 3]);

interface Graph {
  nodes?: Message[];
  tensors?: Message[];
  inputs?: Message[];
  outputs?: Message[];
  opset?: number;
}

/** Three classes, each as probable as its channel is bright, unless the caller replaces a part of the graph. */
function load(graph: Graph, threads = 1, declared: ModelFiles["declared"] = {}) {
  const {
    nodes = [averages, flat, softmax],
    inputs = [image],
    outputs = [probabilities],
    tensors = [],
    opset = 17,
  } = graph;
  writeChunks(
    path.join(directory, "model.onnx"),
    createModel({ nodes, tensors, inputs, outputs }, opset).chunks,
  );
  const files: ModelFiles = {
    identity: { name: "eye-disease-model", version: "7", source: "mlflow_registry" },
    directory,
    format: "onnx",
    path: "model.onnx",
    declared: { labels: ["red", "green", "blue"], ...declared },
    declaredBy: {},
  };
  return loadPredictor(files, { engine: "onnx", threads });
}

test("a graph of channels first is served", async () => {
  const predictor = await load({});
  const data = Float32Array.from({ length: 48 }, (_, index) => (index % 3 === 1 ? 1 : 0));
  const [red, green, blue] = (await predictor.predict({ data, height: 4, width: 4 })).probabilities;
  expect(green).toBeCloseTo(Math.E / (Math.E + 2), 5);
  expect(red).toBeCloseTo(blue ?? Number.NaN, 6);
  await predictor.dispose();
});

describe("a classifier as PyTorch exports it gives its taps", () => {
  const weights = Float32Array.of(1, 0, 0, 0, 2, 0, 0.5, 0, 1);
  const bias = createTensor("b", type.float32, [3], bytesOf(Float32Array.of(0.1, 0.2, 0.3)));
  const weight = createTensor("w", type.float32, [3, 3], bytesOf(weights));
  const data = Float32Array.from({ length: 48 }, (_, index) => ((index * 7) % 16) / 16);
  const convolved = createNode("Relu", ["image"], "map", {});
  const pool = createNode("GlobalAveragePool", ["map"], "averages", {});
  const last = createNode("Softmax", ["logits"], "probabilities", { axis: -1 });

  test.each<[string, Message[], boolean]>([
    [
      "Gemm",
      [
        createNode("Gemm", ["flat", "w", "b"], "logits", {
          transB: 1,
          alpha: { float: 1 },
          beta: { float: 1 },
        }),
      ],
      true,
    ],
    [
      "MatMul and Add",
      [createNode("MatMul", ["flat", "w"], "product", {}), createNode("Add", ["product", "b"], "logits", {})],
      false,
    ],
  ])("%s", async (_, head, isTransposed) => {
    const predictor = await load({ nodes: [convolved, pool, flat, ...head, last], tensors: [weight, bias] });
    expect(predictor.hasClassMap).toBe(true);
    const { probabilities, features, classMap } = await predictor.predict({ data, height: 4, width: 4 });
    const means = [0, 1, 2].map((channel) =>
      data.filter((_value, i) => i % 3 === channel).reduce((sum, x) => sum + x / 16, 0),
    );
    expect([...(features ?? [])]).toEqual(means.map((mean) => expect.closeTo(mean, 5)));
    const logits = [0, 1, 2].map((unit) =>
      means.reduce(
        (sum, mean, i) => sum + mean * (weights[isTransposed ? 3 * unit + i : 3 * i + unit] ?? 0),
        0.1 * (unit + 1),
      ),
    );
    expect(classMap).toMatchObject({ height: 4, width: 4 });
    for (const [unit, logit] of logits.entries()) {
      const positions = [...(classMap?.data ?? [])].filter((_value, i) => i % 3 === unit);
      expect(positions.reduce((sum, value) => sum + value / 16, 0)).toBeCloseTo(logit, 4);
    }
    expect(probabilities[1]).toBeCloseTo(
      Math.exp(logits[1] ?? 0) / logits.reduce((sum, logit) => sum + Math.exp(logit), 0),
      5,
    );
    await predictor.dispose();
  });

  test("without a class map where more than a mean lies between", async () => {
    const hidden = createNode("Relu", ["flat"], "hidden", {});
    const gemm = createNode("Gemm", ["hidden", "w", "b"], "logits", { transB: 1 });
    const predictor = await load({
      nodes: [convolved, pool, flat, hidden, gemm, last],
      tensors: [weight, bias],
    });
    const { features } = await predictor.predict({ data, height: 4, width: 4 });
    expect([predictor.hasClassMap, features?.length]).toEqual([false, 3]);
    await predictor.dispose();
  });

  test("none where no dense layer ends it", async () => {
    const predictor = await load({});
    const { features } = await predictor.predict({ data, height: 4, width: 4 });
    expect([predictor.hasClassMap, features]).toEqual([false, undefined]);
    await predictor.dispose();
  });

  test("and runs as it is where the taps do not fit", async () => {
    const split = createNode("Reshape", ["averages", "sizes"], "parts", {});
    const sizes = createTensor("sizes", type.int64, [3], bytesOf(BigInt64Array.of(0n, 3n, 1n)));
    const factor = createTensor("w", type.float32, [1, 1], bytesOf(Float32Array.of(2)));
    const product = createNode("MatMul", ["parts", "w"], "product", {});
    const logits = createNode("Flatten", ["product"], "logits", {});
    const predictor = await load({
      nodes: [convolved, pool, split, product, logits, last],
      tensors: [factor, sizes],
    });
    const { features } = await predictor.predict({ data, height: 4, width: 4 });
    expect([predictor.hasClassMap, features]).toEqual([false, undefined]);
    await predictor.dispose();
  });

  test.each<[string, number[], boolean]>([
    ["an input", [2, 3], true],
    ["an input", [-1, -2], true],
    ["an input", [1, 2], false],
    ["an attribute", [2, 3], true],
    ["an attribute", [-2, -1], true],
    ["an attribute", [1, 2], false],
    ["a constant", [-2, -1], true],
    ["a constant", [1, 2], false],
  ])(
    "with a class map where a mean whose axes are %s is over rows and columns: %j",
    async (place, axes, has) => {
      const tensor = createTensor("axes", type.int64, [2], bytesOf(BigInt64Array.from(axes, BigInt)));
      const constant = new Message().string(2, "axes").string(4, "Constant");
      constant.message(5, new Message().string(1, "value").message(5, tensor).integer(20, 4));
      const inAttribute = place === "an attribute";
      const mean = createNode("ReduceMean", inAttribute ? ["map"] : ["map", "axes"], "averages", {
        keepdims: 0,
        ...(inAttribute && { axes }),
      });
      const gemm = createNode("Gemm", ["averages", "w", "b"], "logits", { transB: 1 });
      // As many channels as columns, so that the last layer fits whatever the axes are.
      const predictor = await load(
        {
          nodes: [...(place === "a constant" ? [constant] : []), convolved, mean, gemm, last],
          tensors: [weight, bias, ...(place === "an input" ? [tensor] : [])],
          inputs: [value("image", "float32", axes.includes(1) ? ["N", "h", "w", 3] : ["N", 3, "h", "w"])],
          opset: inAttribute ? 13 : 18,
        },
        1,
        { input: { height: 3, width: 3 } },
      );
      const { features } = await predictor.predict({ data: data.subarray(0, 27), height: 3, width: 3 });
      expect([predictor.hasClassMap, features?.length]).toEqual([has, 3]);
      await predictor.dispose();
    },
  );
});

describe("the ending is read from the graph", () => {
  /** Weights that ignore the picture: every answer is the bias. */
  const biased = (bias: number[], ...last: Message[]) => {
    const ending = last.length === 0 ? "probabilities" : "logits";
    return {
      tensors: [
        createTensor("w", type.float32, [3, bias.length], bytesOf(new Float32Array(3 * bias.length))),
        createTensor("b", type.float32, [bias.length], bytesOf(Float32Array.from(bias))),
      ],
      nodes: [averages, flat, createNode("Gemm", ["flat", "w", "b"], ending, {}), ...last],
      outputs: [value("probabilities", "float32", ["N", bias.length])],
    };
  };
  const black = { data: new Float32Array(48), height: 4, width: 4 };

  test.each<[string, Graph, ModelFiles["declared"], string]>([
    [
      "logits that sum to 1 by chance",
      biased([0.2, 0.3, 0.5]),
      {},
      "without softmax; end it with softmax (in PyTorch nn.Sequential(model, nn.Softmax(dim=1)) before the export), or declare activation: softmax",
    ],
    [
      "one logit between 0 and 1",
      biased([0.3]),
      { labels: ["no", "yes"] },
      "It ends in a logit without sigmoid; end it with sigmoid",
    ],
    [
      "log-probabilities",
      biased([0, 0, 0], createNode("LogSoftmax", ["logits"], "probabilities", { axis: -1 })),
      {},
      "logarithms of probabilities",
    ],
    [
      "several sigmoids that sum to 1 by chance",
      biased(
        [-Math.log(2), -Math.log(2), -Math.log(2)],
        createNode("Sigmoid", ["logits"], "probabilities", {}),
      ),
      {},
      "It ends in 3 sigmoids",
    ],
    [
      "one number of no known ending",
      biased([0.3], createNode("Relu", ["logits"], "probabilities", {})),
      { labels: ["no", "yes"] },
      "do not show whether its one number is a probability",
    ],
    ["a softmax over a softmax", {}, { activation: "softmax" }, "it would be applied twice"],
  ])("%s are refused", async (_, graph, declared, reason) => {
    await expect(load(graph, 1, declared)).rejects.toThrow(reason);
  });

  test.each<[string, Graph, ModelFiles["declared"], number[]]>([
    ["a declared softmax", biased([0, Math.log(2), Math.log(7)]), { activation: "softmax" }, [0.1, 0.2, 0.7]],
    [
      "a declared softmax over its logarithms",
      biased(
        [0, Math.log(2), Math.log(7)],
        createNode("LogSoftmax", ["logits"], "probabilities", { axis: -1 }),
      ),
      { activation: "softmax" },
      [0.1, 0.2, 0.7],
    ],
    [
      "a declared sigmoid",
      biased([0.3]),
      { labels: ["no", "yes"], activation: "sigmoid" },
      [0.42556, 0.57444],
    ],
    [
      "a sigmoid behind a reshape",
      biased(
        [Math.log(4)],
        createNode("Sigmoid", ["logits"], "s", {}),
        createNode("Identity", ["s"], "probabilities", {}),
      ),
      { labels: ["no", "yes"] },
      [0.2, 0.8],
    ],
    [
      "several declared sigmoids",
      biased([0, Math.log(4), Math.log(4)], createNode("Sigmoid", ["logits"], "probabilities", {})),
      { multi_label: true },
      [0.5, 0.8, 0.8],
    ],
  ])("%s is served", async (_, graph, declared, expected) => {
    const predictor = await load(graph, 1, declared);
    const { probabilities: answer } = await predictor.predict(black);
    expect([...answer].map((probability) => Number(probability.toFixed(5)))).toEqual(expected);
    await predictor.dispose();
  });

  test("a picture that breaks the model is named", async () => {
    const divided = createNode("Div", ["flat", "sum"], "probabilities", {});
    const sum = createNode("ReduceSum", ["flat", "axes"], "sum", {});
    const axes = createTensor("axes", type.int64, [1], bytesOf(BigInt64Array.of(1n)));
    await expect(load({ nodes: [averages, flat, sum, divided], tensors: [axes] })).rejects.toThrow(
      "Tried with a black picture: The graph answers with numbers that are not finite",
    );
  });
});

test("threads that wait for the next photograph take no processor time", async () => {
  const side = 256;
  const predictor = await load({ inputs: [value("image", "float32", ["N", 3, side, side])] }, 2);
  const pixels = { data: new Float32Array(3 * side * side).fill(1), width: side, height: side };
  const waitingMs: number[] = [];
  for (let i = 0; i < 21; i++) {
    await predictor.predict(pixels);
    const usedBefore = process.cpuUsage();
    await sleep(5);
    const { user, system } = process.cpuUsage(usedBefore);
    waitingMs.push((user + system) / 1000);
  }
  // Spinning threads take time in every wait; a garbage collection, which the whole process may have, in a few.
  const [medianMs] = waitingMs.sort((a, b) => a - b).slice(10);
  expect(medianMs).toBeLessThan(1);
  await predictor.dispose();
});

const cast = (from: string, output: string, to: TypeName) =>
  createNode("Cast", [from], output, { to: type[to] });

describe("what cannot be served is refused with what to do", () => {
  test.each<[string, Graph, string]>([
    [
      "pixels of 8 bits",
      {
        inputs: [value("bytes", "uint8", ["N", 3, 4, 4])],
        nodes: [cast("bytes", "image", "float32"), averages, flat, softmax],
      },
      "Expected float32 for the input bytes but received uint8; cast it within the graph",
    ],
    [
      "answers of 16 bits",
      {
        nodes: [averages, flat, softmax, cast("probabilities", "half", "float16")],
        outputs: [value("half", "float16", ["N", 3])],
      },
      "Expected float32 for the output half but received float16",
    ],
    [
      "a class instead of probabilities",
      {
        nodes: [averages, flat, createNode("ArgMax", ["flat"], "class", { axis: 1 })],
        outputs: [value("class", "int64", ["N", 1])],
      },
      "Expected float32 for the output class but received int64",
    ],
    [
      "two outputs",
      { outputs: [probabilities, value("flat", "float32", ["N", 3])] },
      "Expected one output of the graph but it has 2 (probabilities, flat); export it with one",
    ],
    ["two inputs", { inputs: [image, value("age", "float32", ["N", 1])] }, "Expected one input of the graph"],
    [
      "a fixed batch",
      { inputs: [value("image", "float32", [8, 3, 4, 4])] },
      "image [8, 3, 4, 4] takes 8 images at once; one is needed",
    ],
    [
      "an open size",
      { inputs: [value("image", "float32", ["N", 3, "h", "w"])] },
      'image [N, 3, N, N] leaves its size open; declare it, as in metadata={"input_size"',
    ],
    [
      "a grey picture",
      { inputs: [value("image", "float32", ["N", 1, 4, 4])] },
      "Expected an input [N, height, width, 3] or [N, 3, height, width]",
    ],
    [
      "averages",
      { nodes: [averages, createNode("Flatten", ["averages"], "probabilities", {})] },
      "Tried with a photograph: The graph's answer is not a probability distribution (sum 228.6250): 138.0, 52.63, 38.00; end the model with softmax",
    ],
    [
      "an operator that is not there",
      { nodes: [averages, flat, createNode("MyOperator", ["flat"], "probabilities", {})] },
      "ONNX Runtime cannot load the graph: ",
    ],
    ["an opset of the future", { opset: 99 }, "ONNX Runtime cannot load the graph: "],
  ])("%s", async (_, graph, reason) => {
    const loading = load(graph);
    await expect(loading).rejects.toThrow(ModelError);
    await expect(loading).rejects.toThrow("Version 7 of eye-disease-model cannot be served: ");
    await expect(loading).rejects.toThrow(reason);
  });
});
