import { describe, expect, test } from "vitest";
import { LayerGraph } from "../../graph/layer-graph.ts";
import type { Convolution, Operation } from "../../graph/operations.ts";
import { readScaledKernel } from "../../graph/scale-kernel.ts";
import { simplify } from "../../graph/simplify.ts";
import { createWeight } from "../../graph/weight.ts";

const convolution = (padding: Convolution["padding"] = "valid"): Convolution => ({
  type: "convolution",
  kernel: createWeight([1, 1, 2, 2], Float32Array.of(1, 2, 3, 4)),
  strides: [1, 1],
  dilation: [1, 1],
  padding,
  groups: 1,
  depthwise: false,
});
const affine = (scale: number[], shift: number[]): Operation => ({
  type: "affine",
  scale: Float32Array.from(scale),
  shift: Float32Array.from(shift),
});
const border = { top: 1, bottom: 2, left: 3, right: 4 };

function startGraph(): { graph: LayerGraph; image: number } {
  const graph = new LayerGraph();
  return { graph, image: graph.addInput("image", [null, 8, 8, 2]) };
}

const typesOf = (graph: LayerGraph) => graph.nodes.map(({ operation }) => operation.type);

describe("folding a scale and shift", () => {
  test("into a convolution scales its outputs and moves its bias", () => {
    const { graph, image } = startGraph();
    const biased = { ...convolution(), bias: Float32Array.of(10, 20) };
    const normalised = graph.add(affine([2, 3], [1, -1]), [graph.add(biased, [image], "conv")], "bn");
    graph.addOutput("out", normalised);
    const simple = simplify(graph);
    expect(typesOf(simple)).toEqual(["input", "convolution"]);
    const folded = simple.nodes[1]?.operation as Convolution;
    expect(Array.from(readScaledKernel(folded))).toEqual([2, 6, 6, 12]);
    expect(Array.from(folded.bias ?? [])).toEqual([21, 59]);
  });

  test("goes on through several, and spreads one value over the channels", () => {
    const { graph, image } = startGraph();
    const first = graph.add(affine([2], [1]), [graph.add(convolution(), [image], "conv")], "rescale");
    graph.addOutput("out", graph.add(affine([1, 10], [0, 5]), [first], "bn"));
    const folded = simplify(graph).nodes[1]?.operation as Convolution;
    expect(Array.from(folded.kernelScale ?? [])).toEqual([2, 20]);
    expect(Array.from(folded.bias ?? [])).toEqual([1, 15]);
  });

  test("joins two without a convolution", () => {
    const { graph, image } = startGraph();
    const first = graph.add(affine([2, 4], [1]), [image], "a");
    graph.addOutput("out", graph.add(affine([3], [5, 6]), [first], "b"));
    const simple = simplify(graph);
    expect(typesOf(simple)).toEqual(["input", "affine"]);
    const joined = simple.nodes[1]?.operation as Extract<Operation, { type: "affine" }>;
    expect([Array.from(joined.scale), Array.from(joined.shift)]).toEqual([
      [6, 12],
      [8, 9],
    ]);
  });

  test("leaves a convolution that something else uses too", () => {
    const { graph, image } = startGraph();
    const convolved = graph.add(convolution(), [image], "conv");
    const normalised = graph.add(affine([2, 3], [1, -1]), [convolved], "bn");
    graph.addOutput("out", graph.add({ type: "binary", kind: "add" }, [convolved, normalised], "add"));
    expect(typesOf(simplify(graph))).toEqual(["input", "convolution", "affine", "binary"]);
  });

  test("leaves a convolution whose own value is an output", () => {
    const { graph, image } = startGraph();
    const convolved = graph.add(convolution(), [image], "conv");
    graph.addOutput("features", convolved);
    graph.addOutput("out", graph.add(affine([2, 3], [1, -1]), [convolved], "bn"));
    expect(typesOf(simplify(graph))).toEqual(["input", "convolution", "affine"]);
  });
});

describe("merging a border", () => {
  test("into a `valid` convolution", () => {
    const { graph, image } = startGraph();
    const padded = graph.add({ type: "pad", padding: border }, [image], "pad");
    graph.addOutput("out", graph.add(convolution(), [padded], "conv"));
    const simple = simplify(graph);
    expect(typesOf(simple)).toEqual(["input", "convolution"]);
    expect(simple.nodes[1]?.operation).toMatchObject({ padding: border });
    expect(simple.nodes[1]?.shape).toEqual([null, 11, 15, 2]);
  });

  test("never into a `same` convolution or pooling", () => {
    const { graph, image } = startGraph();
    const padded = graph.add({ type: "pad", padding: border }, [image], "pad");
    graph.addOutput("a", graph.add(convolution("same"), [padded], "conv"));
    const pooling = {
      type: "pooling",
      mode: "maximum",
      size: [2, 2],
      strides: [1, 1],
      padding: "valid",
    } as const;
    graph.addOutput("b", graph.add(pooling, [padded], "pool"));
    expect(typesOf(simplify(graph))).toEqual(["input", "pad", "convolution", "pooling"]);
  });

  test("keeps it for others that use it", () => {
    const { graph, image } = startGraph();
    const padded = graph.add({ type: "pad", padding: border }, [image], "pad");
    graph.addOutput("a", graph.add(convolution(), [padded], "conv"));
    graph.addOutput("b", padded);
    expect(typesOf(simplify(graph))).toEqual(["input", "pad", "convolution"]);
  });
});

test("what no output needs is dropped", () => {
  const { graph, image } = startGraph();
  graph.add(convolution(), [image], "unused");
  graph.addOutput("out", graph.add({ type: "activation", kind: "relu" }, [image], "relu"));
  expect(typesOf(simplify(graph))).toEqual(["input", "activation"]);
});
