import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ModelFiles } from "../../../../shared/contracts/model.ts";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { loadPredictor } from "../../../../shared/inference/load-predictor.ts";
import { createModel, createNode } from "../../../../shared/keras-compiler/onnx/onnx-messages.ts";
import { Message } from "../../../../shared/keras-compiler/protobuf/message.ts";
import { writeChunks } from "../../../../shared/keras-compiler/protobuf/write-chunks.ts";

/** Of TensorProto.DataType in onnx.proto. */
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
  inputs?: Message[];
  outputs?: Message[];
  opset?: number;
}

/** Three classes, each as probable as its channel is bright, unless a part of the graph is another. */
function load(graph: Graph, threads = 1) {
  const {
    nodes = [averages, flat, softmax],
    inputs = [image],
    outputs = [probabilities],
    opset = 17,
  } = graph;
  writeChunks(
    path.join(directory, "model.onnx"),
    createModel({ nodes, tensors: [], inputs, outputs }, opset).chunks,
  );
  const files: ModelFiles = {
    identity: { name: "eye-disease-model", version: "7", source: "mlflow_registry" },
    directory,
    format: "onnx",
    path: "model.onnx",
    declared: { labels: ["red", "green", "blue"] },
    declaredBy: {},
  };
  return loadPredictor(files, { engine: "onnx", threads });
}

test("a graph of channels first is served", async () => {
  const predictor = await load({});
  const data = Float32Array.from({ length: 48 }, (_, index) => (index % 3 === 1 ? 1 : 0));
  const [red, green, blue] = await predictor.predict({ data, height: 4, width: 4 });
  expect(green).toBeCloseTo(Math.E / (Math.E + 2), 5);
  expect(red).toBeCloseTo(blue ?? Number.NaN, 6);
  await predictor.dispose();
});

test("threads that wait for the next photograph take no processor time", async () => {
  const side = 256;
  const predictor = await load({ inputs: [value("image", "float32", ["N", 3, side, side])] }, 2);
  const pixels = { data: new Float32Array(3 * side * side).fill(1), width: side, height: side };
  let waitingMs = 0;
  for (let i = 0; i < 20; i++) {
    await predictor.predict(pixels);
    const usedBefore = process.cpuUsage();
    await sleep(5);
    const { user, system } = process.cpuUsage(usedBefore);
    waitingMs += (user + system) / 1000;
  }
  expect(waitingMs / 20).toBeLessThan(1);
  await predictor.dispose();
});

const cast = (from: string, output: string, to: TypeName) =>
  createNode("Cast", [from], output, { to: type[to] });
const noProbabilities = "no probability distribution";

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
      "image [N, 3, N, N] leaves its size open; name input height and width in model-contract.json",
    ],
    [
      "a grey picture",
      { inputs: [value("image", "float32", ["N", 1, 4, 4])] },
      "Expected an input [N, height, width, 3] or [N, 3, height, width]",
    ],
    [
      "logits",
      { nodes: [averages, createNode("Flatten", ["averages"], "probabilities", {})] },
      `${noProbabilities} (sum 71.9100: 22.95, 23.97, 24.99); end the model with softmax`,
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
