import { describe, expect, test } from "vitest";
import { LayerGraph } from "../../graph/layer-graph.ts";
import type { Operation } from "../../graph/operations.ts";
import { createWeight } from "../../graph/weight.ts";
import { KerasModelError } from "../../keras-model-error.ts";

const dense = (inputs: number, outputs: number): Operation => ({
  type: "dense",
  kernel: createWeight([inputs, outputs], new Float32Array(inputs * outputs)),
});

describe("shapes that do not fit are refused with the layer's name", () => {
  test.each<[string, Operation, (number | null)[][], string]>([
    ["a dense layer", dense(5, 2), [[null, 4]], "[5, 2] does not fit an input of [N, 4]"],
    [
      "a concatenation",
      { type: "concatenate", axis: 3 },
      [
        [null, 4, 4, 2],
        [null, 5, 4, 2],
      ],
      "concatenate",
    ],
    [
      "a sum",
      { type: "binary", kind: "add" },
      [
        [null, 4, 4, 2],
        [null, 4, 4, 3],
      ],
      "cannot combine",
    ],
    [
      "a sum of ranks",
      { type: "binary", kind: "add" },
      [
        [null, 4],
        [null, 4, 4, 4],
      ],
      "cannot combine",
    ],
    [
      "a reshape",
      { type: "reshape", shape: [null, 5] },
      [[null, 2, 2]],
      "cannot reshape [N, 2, 2] to [N, 5]",
    ],
    [
      "a window larger than the image",
      { type: "pooling", mode: "maximum", size: [9, 9], strides: [1, 1], padding: "valid" },
      [[null, 4, 4, 2]],
      "empty or unknown shape",
    ],
    [
      "pooling of a row",
      { type: "reduction", mode: "average", axes: [1, 2], keepDimensions: false },
      [[null, 4]],
      "cannot reduce axes [1, 2] of [N, 4]",
    ],
    [
      "a product",
      { type: "matrix_product" },
      [
        [null, 4, 3],
        [null, 4, 3],
      ],
      "cannot multiply [N, 4, 3] and [N, 4, 3]",
    ],
    [
      "an order without all axes",
      { type: "transpose", order: [0, 2, 2] },
      [[null, 4, 3]],
      "cannot order [N, 4, 3] as [0, 2, 2]",
    ],
  ])("%s", (_, operation, shapes, reason) => {
    const graph = new LayerGraph();
    const inputs = shapes.map((shape, index) => graph.addInput(`input${index}`, shape));
    const adding = () => graph.add(operation, inputs, "the_layer");
    expect(adding).toThrow(KerasModelError);
    expect(adding).toThrow("the_layer");
    expect(adding).toThrow(reason);
  });
});

test("a value of one pixel is repeated over an image", () => {
  const graph = new LayerGraph();
  const image = graph.addInput("image", [null, 4, 5, 6]);
  const gate = graph.addInput("gate", [null, 1, 1, 6]);
  const product = graph.add({ type: "binary", kind: "multiply" }, [gate, image], "product");
  expect(graph.shapeOf(product)).toEqual([null, 4, 5, 6]);
});
