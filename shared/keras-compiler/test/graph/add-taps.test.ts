import { describe, expect, test } from "vitest";
import { addTaps } from "../../graph/add-taps.ts";
import { LayerGraph } from "../../graph/layer-graph.ts";
import type { Operation } from "../../graph/operations.ts";
import { createWeight } from "../../graph/weight.ts";

const dense = (inputs: number, outputs: number): Operation => ({
  type: "dense",
  kernel: createWeight([inputs, outputs], new Float32Array(inputs * outputs)),
});
const average = (keepDimensions = false): Operation => ({
  type: "reduction",
  mode: "average",
  axes: [1, 2],
  keepDimensions,
});
const relu: Operation = { type: "activation", kind: "relu" };
const softmax: Operation = { type: "softmax" };
const affine: Operation = { type: "affine", scale: Float32Array.of(2), shift: Float32Array.of(1) };
const pointwise = (inputs: number, outputs: number): Operation => ({
  type: "convolution",
  kernel: createWeight([1, 1, inputs, outputs], new Float32Array(inputs * outputs)),
  strides: [1, 1],
  dilation: [1, 1],
  padding: "valid",
  groups: 1,
  depthwise: false,
});

/** Layers one after the other on a feature map `[N, 4, 6, 8]`. */
function chain(...operations: Operation[]): LayerGraph {
  const graph = new LayerGraph();
  const last = operations.reduce(
    (input, operation, index) => graph.add(operation, [input], `layer_${index}`),
    graph.addInput("map", [null, 4, 6, 8]),
  );
  graph.addOutput("out", last);
  return graph;
}

const outputsOf = (graph: LayerGraph) =>
  Object.fromEntries(graph.outputs.map(({ name, node }) => [name, graph.shapeOf(node)]));

const out = [null, 3];
const classMap = { "taps/class_map": [null, 4, 6, 3] };

describe("taps of a classifier", () => {
  test.each<[string, Operation[], object]>([
    [
      "average, dense, softmax",
      [average(), dense(8, 3), softmax],
      { "taps/features": [null, 8], ...classMap },
    ],
    ["logits", [average(), dense(8, 3)], { "taps/features": [null, 8], ...classMap }],
    [
      "a pooling window of the whole map",
      [
        { type: "pooling", mode: "average", size: [4, 6], strides: [1, 1], padding: "valid" },
        { type: "reshape", shape: [null, 8] },
        dense(8, 3),
        softmax,
      ],
      { "taps/features": [null, 8], ...classMap },
    ],
    [
      "a normalisation and a second linear layer between",
      [average(), affine, dense(8, 5), dense(5, 3), softmax],
      { "taps/features": [null, 5], ...classMap },
    ],
    [
      "a layer with activation between",
      [average(), dense(8, 5), relu, dense(5, 3), softmax],
      { "taps/features": [null, 5] },
    ],
    [
      "the largest value of the map",
      [{ ...average(), mode: "maximum" } as Operation, dense(8, 3), softmax],
      { "taps/features": [null, 8] },
    ],
    [
      "a window of the whole map at each of its positions",
      [
        { type: "pooling", mode: "average", size: [4, 6], strides: [1, 1], padding: "same" },
        { type: "reshape", shape: [null, 192] },
        dense(192, 3),
        softmax,
      ],
      { "taps/features": [null, 192] },
    ],
    [
      "channels in groups between",
      [
        average(),
        { type: "reshape", shape: [null, 2, 4] },
        dense(4, 5),
        { type: "reshape", shape: [null, 10] },
        dense(10, 3),
        softmax,
      ],
      { "taps/features": [null, 10] },
    ],
    [
      "channels as positions between",
      [
        average(),
        { type: "reshape", shape: [null, 8, 1] },
        affine,
        { type: "reshape", shape: [null, 8] },
        dense(8, 3),
        softmax,
      ],
      { "taps/features": [null, 8] },
    ],
    [
      "a reshape that keeps the channels",
      [
        average(),
        { type: "reshape", shape: [null, 1, 1, 8] },
        affine,
        { type: "reshape", shape: [null, 8] },
        dense(8, 3),
        softmax,
      ],
      { "taps/features": [null, 8], ...classMap },
    ],
    [
      "a flat map",
      [{ type: "reshape", shape: [null, 192] }, dense(192, 3), softmax],
      { "taps/features": [null, 192] },
    ],
    [
      "a convolution of one pixel",
      [average(true), pointwise(8, 3), { type: "reshape", shape: [null, 3] }, softmax],
      { "taps/features": [null, 8] },
    ],
    ["no dense layer", [pointwise(8, 3), average(), softmax], {}],
  ])("%s", (_, operations, taps) => {
    expect(outputsOf(addTaps(chain(...operations)))).toEqual({ out, ...taps });
  });

  test("the layers between are applied to the map too", () => {
    const graph = addTaps(chain(average(), affine, dense(8, 3), softmax));
    const types = graph.nodes.slice(-2).map(({ operation }) => operation.type);
    expect(types).toEqual(["affine", "dense"]);
    expect(graph.node(graph.nodes.length - 2).inputs).toEqual([0]);
  });

  test("a model of two outputs has none", () => {
    const graph = chain(average(), dense(8, 3), softmax);
    graph.addOutput("other", 1);
    expect(addTaps(graph)).toBe(graph);
  });
});
