import { expect, test } from "vitest";
import { LayerGraph } from "../../graph/layer-graph.ts";
import type { Convolution } from "../../graph/operations.ts";
import { createWeight } from "../../graph/weight.ts";
import { lowerConvolution } from "../../tensorflow/lower-kernels.ts";
import { TensorflowBuilder } from "../../tensorflow/tensorflow-builder.ts";

test("a depthwise convolution with dilation is one without it on parts of the picture", () => {
  const operation: Convolution = {
    type: "convolution",
    kernel: createWeight([3, 2, 4, 1], new Float32Array(24)),
    strides: [1, 1],
    dilation: [2, 3],
    padding: "same",
    groups: 1,
    depthwise: true,
  };
  const graph = new LayerGraph();
  const id = graph.add(operation, [graph.addInput("image", [null, 7, 8, 4])], "depthwise");
  const emitted: [type: string, integers: number[][]][] = [];
  const constants = new Map<string, number[]>();
  class Recorder extends TensorflowBuilder {
    override emit(...[type, inputs, attributes]: Parameters<TensorflowBuilder["emit"]>): string {
      emitted.push([
        type,
        inputs.flatMap((name) => (constants.has(name) ? [constants.get(name) ?? []] : [])),
      ]);
      return super.emit(type, inputs, attributes);
    }
    override integers(values: readonly number[], shape?: readonly number[]): string {
      const name = super.integers(values, shape);
      constants.set(name, [...values]);
      return name;
    }
  }
  const node = { ...graph.node(id), operation };
  lowerConvolution(new Recorder(graph), node, ["image"], graph);
  // 7 rows and 4 of border lack 1 to 12; 8 columns and 3 of border lack 1 to 12.
  expect(emitted).toEqual([
    [
      "SpaceToBatchND",
      [
        [2, 3],
        [2, 3, 1, 3],
      ],
    ],
    ["DepthwiseConv2dNative", []],
    [
      "BatchToSpaceND",
      [
        [2, 3],
        [0, 1, 0, 1],
      ],
    ],
  ]);
});
