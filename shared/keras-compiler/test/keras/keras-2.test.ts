import { describe, expect, test } from "vitest";
import { buildGraph } from "../../keras/build-graph.ts";
import { parseKeras2Call } from "../../keras/keras-2-call-arguments.ts";
import { createStore } from "./keras-files.ts";

const parse = (node: unknown) => parseKeras2Call(node, "the_layer");
const options = { kerasVersion: 2, imageSize: undefined } as const;

const keras2Layer = (className: string, name: string, config: Record<string, unknown>, calls: unknown[]) => ({
  class_name: className,
  name,
  config: { name, ...config },
  inbound_nodes: calls,
});
const image = keras2Layer("InputLayer", "image", { batch_input_shape: [null, 4, 4, 3] }, []);
const model = (layers: unknown[], output: unknown[]) => ({
  class_name: "Functional",
  config: { name: "model", layers, input_layers: [["image", 0, 0]], output_layers: [output] },
});
const build = (configuration: unknown) => buildGraph(configuration, createStore({}), options).graph;

describe("a call as Keras 2 writes it", () => {
  test("with one value, several, or none of a list", () => {
    const [a, b] = [
      { type: "tensor", reference: "a/0/0" },
      { type: "tensor", reference: "b/1/2" },
    ];
    expect(parse([["a", 0, 0, {}]])).toEqual([a]);
    expect(
      parse([
        ["a", 0, 0],
        ["b", 1, 2, {}],
      ]),
    ).toEqual([a, b]);
    expect(parse(["a", 0, 0, { y: ["b", 1, 2], name: null }])).toEqual([a, { ...b, parameter: "y" }]);
  });

  test("with constants on either side", () => {
    const constant = { type: "constant", values: Float32Array.of(127.5), shape: [] };
    expect(parse(["a", 0, 0, { y: 127.5 }]).at(1)).toEqual({ ...constant, parameter: "y" });
    expect(parse(["_CONSTANT_VALUE", -1, 127.5, { y: ["a", 0, 0] }])).toEqual([
      constant,
      { type: "tensor", reference: "a/0/0", parameter: "y" },
    ]);
  });

  test("is refused with a mask", () => {
    expect(() => parse([["a", 0, 0, { mask: ["b", 0, 0] }]])).toThrow("the_layer is called with a mask");
    expect(parse([["a", 0, 0, { mask: null }]])).toHaveLength(1);
  });

  test("is refused when it trains while predicting", () => {
    expect(() => parse([["a", 0, 0, { training: true }]])).toThrow("the_layer is called with training=True");
  });
});

test("Keras 2's hard_sigmoid is clip(0.2 x + 0.5, 0, 1)", () => {
  const layer = keras2Layer("Activation", "act", { activation: "hard_sigmoid" }, [[["image", 0, 0, {}]]]);
  const graph = build(model([image, layer], ["act", 0, 0]));
  expect(graph.nodes.slice(1).map(({ operation }) => operation)).toEqual([
    { type: "affine", scale: Float32Array.of(0.2), shift: Float32Array.of(0.5) },
    { type: "activation", kind: "relu", maximum: 1 },
  ]);
});

test("calls of a nested model are counted from 1", () => {
  const nested = keras2Layer("Sequential", "nested", { layers: [keras2Layer("ReLU", "relu", {}, [])] }, [
    [["image", 0, 0, {}]],
    [["nested", 1, 0, {}]],
  ]);
  const graph = build(model([image, nested], ["nested", 2, 0]));
  expect(graph.nodes.map(({ operation }) => operation.type)).toEqual(["input", "activation", "activation"]);
});

test("arithmetic is kept as layers of TensorFlow's functions", () => {
  const scaling = keras2Layer("TFOpLambda", "tf.math.truediv", { function: "math.truediv" }, [
    ["image", 0, 0, { y: 127.5, name: null }],
  ]);
  const graph = build(model([image, scaling], ["tf.math.truediv", 0, 0]));
  expect(graph.nodes[1]?.operation).toMatchObject({ type: "affine", scale: Float32Array.of(1 / 127.5) });
  const unknown = keras2Layer("TFOpLambda", "tf.fft", { function: "signal.fft" }, [["image", 0, 0, {}]]);
  expect(() => build(model([image, unknown], ["tf.fft", 0, 0]))).toThrow("signal.fft is not supported");
});

test("RGB is turned to BGR by slicing backwards", () => {
  const slicing = (slices: unknown) =>
    keras2Layer("SlicingOpLambda", "bgr", { function: "__operators__.getitem" }, [
      ["image", 0, 0, { slice_spec: slices }],
    ]);
  const graph = build(model([image, slicing(["...", { start: null, stop: null, step: -1 }])], ["bgr", 0, 0]));
  const channels = graph.nodes.flatMap(({ operation }) =>
    operation.type === "slice" ? [operation.begin[3]] : [],
  );
  expect(channels).toEqual([2, 1, 0]);
  const other = model([image, slicing([{ start: 0, stop: 1, step: 1 }])], ["bgr", 0, 0]);
  expect(() => build(other)).toThrow("Layer bgr: this indexing is not supported");
});
