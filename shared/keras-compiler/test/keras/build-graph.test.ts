import { describe, expect, test } from "vitest";
import { buildGraph } from "../../keras/build-graph.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import {
  type Config,
  convolutionConfig,
  createStore,
  functional,
  inputLayer,
  kerasTensor,
  layer,
} from "./keras-files.ts";

const options = { kerasVersion: 3, imageSize: undefined } as const;
const kernelAndBias = [[3, 3, 2, 3], [3]];

const convolution = (config: Config = {}, kwargs: Config = {}) =>
  layer("Conv2D", "conv", { ...convolutionConfig, ...config }, [kerasTensor("image")], kwargs);

const numpyOf = (value: unknown) => ({ class_name: "__numpy__", config: { value, dtype: "float32" } });

const build = (model: unknown, weights: Record<string, number[][]> = { "layers/conv2d": kernelAndBias }) =>
  buildGraph(model, createStore(weights), options).graph;

describe("a model that can be served", () => {
  test("becomes a graph whose input and output keep their names", () => {
    const graph = build(functional([inputLayer(), convolution()]));
    expect(graph.inputs).toMatchObject([{ name: "image", shape: [null, 6, 6, 2] }]);
    expect(graph.outputs).toEqual([{ name: "conv", node: 1 }]);
    expect(graph.shapeOf(1)).toEqual([null, 6, 6, 3]);
  });

  test("has a free batch even where the file names one", () => {
    const graph = build(functional([inputLayer([32, 6, 6, 2]), convolution()]));
    expect(graph.inputs[0]?.shape).toEqual([null, 6, 6, 2]);
  });

  test("takes the image size that is declared where the model leaves it open", () => {
    const model = functional([inputLayer([null, null, null, 2]), convolution()]);
    const { graph } = buildGraph(model, createStore({ "layers/conv2d": kernelAndBias }), {
      kerasVersion: 3,
      imageSize: [8, 10],
    });
    expect(graph.inputs[0]?.shape).toEqual([null, 8, 10, 2]);
  });

  test("finds weights by class and number, whatever the layers' names", () => {
    const second = layer("Conv2D", "a_first_name", { ...convolutionConfig, filters: 4 }, [
      kerasTensor("conv"),
    ]);
    const graph = build(functional([inputLayer(), convolution(), second]), {
      "layers/conv2d": kernelAndBias,
      "layers/conv2d_1": [[3, 3, 3, 4], [4]],
    });
    expect(graph.shapeOf(2)).toEqual([null, 6, 6, 4]);
  });

  test("ignores training=True, as predicting does in Keras 3", () => {
    const dropout = layer("Dropout", "drop", { rate: 0.5 }, [kerasTensor("image")], { training: true });
    expect(build(functional([inputLayer(), dropout]), {}).nodes).toHaveLength(1);
  });
});

describe("what cannot be served is refused by name", () => {
  const custom = { ...convolution(), registered_name: "my_package>FancyConv" };
  const foreign = { ...convolution(), module: "my_module", class_name: "FancyConv" };
  const onImage = (className: string, config: Config = {}) =>
    functional([inputLayer(), layer(className, "the_layer", config, [kerasTensor("image")])]);

  test.each<[string, unknown, string]>([
    ["an unknown layer", onImage("Conv2DTranspose"), "Layer the_layer: Conv2DTranspose is not supported"],
    [
      "a Lambda",
      onImage("Lambda", { function: {} }),
      "Layer the_layer: Lambda is not supported; replace it, or let Keras export the model as a SavedModel (model.export(folder), or with MLflow mlflow.keras.log_model(..., save_exported_model=True, signature=...)) and run that on TensorFlow",
    ],
    [
      "a registered custom layer",
      functional([inputLayer(), custom]),
      "conv is a custom object (my_package>FancyConv)",
    ],
    ["an own class", functional([inputLayer(), foreign]), "conv is a custom object"],
    [
      "an unknown activation",
      functional([inputLayer(), convolution({ activation: "sparsemax" })]),
      '"sparsemax"',
    ],
    [
      "channels_first",
      functional([inputLayer(), convolution({ data_format: "channels_first" })]),
      "channels_first",
    ],
    [
      "an 8-bit layer",
      functional([
        inputLayer(),
        convolution({
          dtype: { class_name: "QuantizedDTypePolicy", config: { mode: "int8", source_name: "float32" } },
        }),
      ]),
      "Layer conv: dtype int8 (from float32) is not supported",
    ],
    [
      "strides with dilation",
      functional([inputLayer(), convolution({ strides: 2, dilation_rate: 2 })]),
      "dilation",
    ],
    [
      "a setting of the wrong kind",
      functional([inputLayer(), convolution({ filters: "many" })]),
      'filters of layer conv but received "many"',
    ],
    [
      "an input without a size",
      functional([inputLayer([null, null, null, 2]), convolution()]),
      "leaves its size open",
    ],
    ["a subclassed model", { ...functional([inputLayer()]), class_name: "MyModel" }, "Model class MyModel"],
    ["a model of another package", { ...functional([inputLayer()]), module: "mine" }, "custom object"],
    [
      "a layer that depends on itself",
      functional([inputLayer(), layer("ReLU", "loop", {}, [kerasTensor("loop")])]),
      "depends on itself",
    ],
    ["a layer that is not there", functional([inputLayer()], "gone"), "has no layer gone"],
    [
      "a normalisation of another axis",
      onImage("LayerNormalization", { axis: 1, epsilon: 1e-3 }),
      "works on axis 1",
    ],
    ["no model at all", { model: "none" }, "Expected a Keras object"],
    [
      "a mask",
      functional([inputLayer(), convolution({}, { mask: kerasTensor("image") })]),
      "Layer conv is called with a mask",
    ],
    [
      "a list of masks",
      functional([inputLayer(), convolution({}, { mask: [null, kerasTensor("image")] })]),
      "Layer conv is called with a mask",
    ],
    [
      "a layer of the author's own as an activation, under a name of Keras's",
      functional([
        inputLayer(),
        convolution({ activation: { module: "mine", class_name: "ReLU", config: { name: "own" } } }),
      ]),
      "own is a custom object",
    ],
  ])("%s", (_, model, reason) => {
    expect(() => build(model)).toThrow(KerasModelError);
    expect(() => build(model)).toThrow(reason);
  });

  test.each<[string, Record<string, number[][]>, string]>([
    ["a missing layer", {}, "Weight kernel [3, 3, 2, 3] of layer conv is missing"],
    ["a missing bias", { "layers/conv2d": [[3, 3, 2, 3]] }, "Weight bias [3] of layer conv is missing"],
    ["another shape", { "layers/conv2d": [[5, 5, 2, 3], [3]] }, "but received [5, 5, 2, 3]"],
    [
      "one too many in a layer",
      { "layers/conv2d": [...kernelAndBias, [3]] },
      "Layer conv has 2 weights but the file holds 3",
    ],
    [
      "a layer too many",
      { "layers/conv2d": kernelAndBias, "layers/dense": [[1]] },
      "belong to no layer, such as layers/dense",
    ],
  ])("weights with %s", (_, weights, reason) => {
    const model = functional([inputLayer(), convolution()]);
    expect(() => build(model, weights)).toThrow(KerasModelError);
    expect(() => build(model, weights)).toThrow(reason);
  });
});

describe("settings that would change the answer are refused by the layer's name", () => {
  const operation = (className: string, config: Config, ...others: unknown[]) => ({
    ...layer(className, "the_layer", config, [kerasTensor("image"), ...others]),
    module: "keras.src.ops.numpy",
  });
  const slice = (start: unknown, stop: unknown, step: unknown) => ({
    class_name: "__slice__",
    config: { start, stop, step },
  });
  const onImage = (className: string, config: Config, kwargs: Config = {}) =>
    layer(className, "the_layer", config, [kerasTensor("image")], kwargs);
  const attention = (config: Config, kwargs: Config) =>
    layer("MultiHeadAttention", "the_layer", config, [kerasTensor("image"), kerasTensor("image")], kwargs);
  const heads = { num_heads: 2, key_dim: 3 };
  const spatial = [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ];

  test.each<[string, ReturnType<typeof layer>, string]>([
    ["a step of nothing", operation("GetItem", {}, [slice(null, null, null), slice(0, 4, 0)]), "indexing"],
    ["a part of the batch", operation("GetItem", {}, [slice(0, 1, null)]), "indexing"],
    ["a position that is not there", operation("GetItem", {}, [slice(null, null, null), 6]), "indexing"],
    ["a sum over the batch", operation("Sum", { axis: 0 }), "axis 0 of 4"],
    ["a constant for each picture", operation("Add", {}, numpyOf([[[[1]]], [[[2]]]])), "does not fit"],
    ["a causal mask", attention(heads, { use_causal_mask: true }), "called with use_causal_mask"],
    ["a constant mask", attention(heads, { attention_mask: numpyOf([[true]]) }), "with attention_mask"],
    [
      "a mask without a name",
      layer("MultiHeadAttention", "the_layer", heads, new Array(4).fill(kerasTensor("image"))),
      "query, value and key",
    ],
    ["attention over rows alone", attention({ ...heads, attention_axes: [1, 2] }, {}), "attention_axes"],
    [
      "answers of several axes",
      attention({ ...heads, output_shape: [2, 3] }, {}),
      "output_shape of several axes",
    ],
    ["a window of attention", attention({ ...heads, sliding_window: 3 }, {}), "sliding_window"],
    ["another score", onImage("Attention", { score_mode: "concat" }), "score_mode"],
    ["pixels by area", onImage("Resizing", { height: 2, width: 2, interpolation: "area" }), "interpolation"],
    [
      "a grey border",
      onImage("Resizing", { height: 2, width: 3, pad_to_aspect_ratio: true, fill_value: 128 }),
      "fill_value",
    ],
    [
      "mirrored borders",
      operation("Pad", { pad_width: spatial, mode: "reflect" }),
      "pad of anything but zeros",
    ],
    [
      "borders of channels",
      operation("Pad", { pad_width: [...spatial.slice(0, 3), [1, 1]] }),
      "pad of anything",
    ],
    ["a sum of sizes", operation("Norm", { ord: 1, axis: [3] }), "norm of order 1"],
    ["a spectral norm", operation("Norm", { ord: 2, axis: [1, 2] }), "norm of order 2"],
  ])("%s", (_, made, reason) => {
    const building = () => build(functional([inputLayer(), made]), {});
    expect(building).toThrow(KerasModelError);
    expect(building).toThrow("the_layer");
    expect(building).toThrow(reason);
  });
});

describe("an input of uint8", () => {
  const image = { ...inputLayer(), config: { ...inputLayer().config, dtype: "uint8" } };
  const operation = (className: string, config: Config, ...inputs: unknown[]) => ({
    ...layer(className, className.toLowerCase(), config, inputs),
    module: "keras.src.ops.numpy",
  });
  const rescaling = layer("Rescaling", "rescale", { scale: 0.5 }, [kerasTensor("image")]);
  const resizing = (input: string) =>
    layer("Resizing", "resize", { height: 2, width: 2 }, [kerasTensor(input)]);

  test("takes whole numbers, as Keras leaves out what is behind the point", () => {
    const { nodes } = build(functional([image, rescaling, resizing("rescale")]), {});
    expect(nodes[1]?.operation).toEqual({ type: "activation", kind: "floor" });
    const sequential = { ...functional([]), class_name: "Sequential" };
    sequential.config.layers = [image, { ...rescaling, inbound_nodes: [] }];
    expect(build(sequential, {}).nodes[1]?.operation).toMatchObject({ kind: "floor" });
  });

  const nesting = (outer: typeof image, className: string, dtype: string) => {
    const input = { ...image, config: { ...image.config, dtype } };
    const isFunctional = className === "Functional";
    const config = isFunctional ? functional([input, rescaling]).config : { layers: [input, rescaling] };
    const inner = layer(className, "inner", { ...config, name: "inner" }, [kerasTensor("image")]);
    return functional([outer, inner], "inner", isFunctional ? 1 : 0);
  };

  test.each(["Functional", "Sequential"])("of a model within the model does so, too: %s", (className) => {
    const countFloors = (model: unknown) =>
      build(model, {}).nodes.filter(({ operation }) => "kind" in operation && operation.kind === "floor")
        .length;
    expect(countFloors(nesting(inputLayer(), className, "uint8"))).toBe(1);
    expect(countFloors(nesting(inputLayer(), className, "float32"))).toBe(0);
    expect(countFloors(nesting(image, className, "uint8"))).toBe(1);
    expect(() => build(nesting(inputLayer(), className, "int32"), {})).toThrow(
      "Input image of a model within the model: Expected the type float32 or uint8 but received int32",
    );
  });

  test("may be cast, divided, or moved by a fraction first", () => {
    const cast = operation("Cast", { dtype: "float32" }, kerasTensor("image"));
    const divided = operation("TrueDivide", {}, kerasTensor("image"), 255);
    const moved = operation("Subtract", {}, kerasTensor("image"), 127.5);
    for (const first of [cast, divided, moved])
      expect(() => build(functional([image, first, resizing(first.name)]), {})).not.toThrow();
  });

  test("is refused where Keras would compute with integers", () => {
    const padding = layer(
      "ZeroPadding2D",
      "pad",
      {
        padding: [
          [1, 1],
          [1, 1],
        ],
      },
      [kerasTensor("image")],
    );
    const cases = [
      [resizing("image")],
      [padding, resizing("pad")],
      [operation("Multiply", {}, kerasTensor("image"), 2)],
    ];
    for (const layers of cases)
      expect(() => build(functional([image, ...layers]), {})).toThrow("on the integers of the model's input");
  });
});

test.each<[string, [unknown, unknown, unknown], object, number]>([
  ["every second place", [1, null, 2], { begin: [0, 1, 0, 0], end: [null, 6, 6, 2], steps: [1, 2, 1, 1] }, 3],
  ["backwards", [null, null, -1], { begin: [0, 5, 0, 0], end: [null, -1, 6, 2], steps: [1, -1, 1, 1] }, 6],
  ["backwards by two", [-2, 0, -2], { begin: [0, 4, 0, 0], end: [null, 0, 6, 2], steps: [1, -2, 1, 1] }, 2],
])("a slice takes %s as Python does", (_, [start, stop, step], operation, rows) => {
  const indices = [null, start].map((from, axis) => ({
    class_name: "__slice__",
    config: axis === 0 ? { start: null, stop: null, step: null } : { start: from, stop, step },
  }));
  const made = {
    ...layer("GetItem", "the_layer", {}, [kerasTensor("image"), indices]),
    module: "keras.src.ops.numpy",
  };
  const { nodes } = build(functional([inputLayer(), made]), {});
  expect(nodes[1]).toMatchObject({ operation, shape: [null, rows, 6, 2] });
});

test("a layer of keras.ops is not taken for the layer of the same class name", () => {
  const sum = (module: string) => ({
    ...layer("Add", "sum", {}, [kerasTensor("image"), 3]),
    module,
    registered_name: "Add",
  });
  expect(build(functional([inputLayer(), sum("keras.src.ops.numpy")]), {}).nodes).toHaveLength(2);
  expect(() => build(functional([inputLayer(), sum("keras.layers")]), {})).toThrow("called with a value");
});
