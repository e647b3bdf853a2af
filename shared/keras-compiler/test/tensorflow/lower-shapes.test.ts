import { expect, test } from "vitest";
import { LayerGraph } from "../../graph/layer-graph.ts";
import { lowerConcatenate } from "../../tensorflow/lower-shapes.ts";
import { TensorflowBuilder } from "../../tensorflow/tensorflow-builder.ts";

test("one value is joined to nothing, since ConcatV2 takes two or more", () => {
  const graph = new LayerGraph();
  const operation = { type: "concatenate", axis: 3 } as const;
  const id = graph.add(operation, [graph.addInput("image", [null, 7, 8, 4])], "join");
  const node = { ...graph.node(id), operation };
  const builder = new TensorflowBuilder(graph);
  expect(lowerConcatenate(builder, node, ["image"], graph)).toBe("image");
  expect(lowerConcatenate(builder, node, ["image", "image"], graph)).toMatch(/^ConcatV2/);
});
