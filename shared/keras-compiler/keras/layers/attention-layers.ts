import { channelsOf } from "../../graph/infer-shape.ts";
import type { Weight } from "../../graph/weight.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { type LayerCallContext, type LayerReader, tensorsOf } from "../layer-reader.ts";
import { otherWay } from "../other-way.ts";

/** Layers inside a MultiHeadAttention that hold its weights. */
export const multiHeadAttentionParts = ["query_dense", "key_dense", "value_dense", "output_dense"];

/** Several scaled dot products side by side, over `[N, places, channels]` (Vaswani et al. 2017, section 3.2). */
export const readMultiHeadAttention: LayerReader = (call) => {
  const { graph, config, name } = call;
  assertPlain(call);
  const heads = config.number("num_heads");
  const keySize = config.number("key_dim");
  const valueSize = config.number("value_dim", keySize);
  const [query, key, value] = takeInputs(call, ["query", "key", "value"]);
  const queries = project(call, "query", query, [heads, keySize]);
  const keys = project(call, "key", key, [heads, keySize]);
  const values = project(call, "value", value, [heads, valueSize]);
  const mixed = attend(call, [queries, keys, values], 1 / Math.sqrt(keySize));
  const places = graph.add({ type: "transpose", order: [0, 2, 1, 3] }, [mixed], name);
  const flat = [null, graph.shapeOf(places)[1] ?? 0, heads * valueSize];
  const joined = graph.add({ type: "reshape", shape: flat }, [places], name);
  const outputs = config.has("output_shape")
    ? config.numbers("output_shape")
    : [channelsOf(graph.shapeOf(query))];
  return addDense(call, "output", joined, [heads, valueSize], outputs);
};

/** Attention by the dot product of queries and keys, unscaled or times a trained number (Luong et al. 2015). */
export const readAttention: LayerReader = (call) => {
  assertPlain(call);
  call.config.oneOf("score_mode", ["dot"], "dot");
  const [query, value, key = value] = tensorsOf(call);
  if (query === undefined || value === undefined || key === undefined)
    throw new KerasModelError(`Expected two or three inputs for layer ${call.name}`);
  const isScaled = call.config.boolean("use_scale", false);
  const scale = isScaled ? (call.weights.read("scale", [])[0] ?? 1) : 1;
  return attend(call, [query, key, value], scale);
};

/** softmax(query x key^T x scale) x value over the last two axes. */
function attend(
  call: LayerCallContext,
  [query, key, value]: [number, number, number],
  scale: number,
): number {
  const { graph, name } = call;
  const rank = graph.shapeOf(key).length;
  const order = [...Array(rank - 2).keys(), rank - 1, rank - 2];
  const turned = graph.add({ type: "transpose", order }, [key], name);
  const scores = graph.add({ type: "matrix_product" }, [query, turned], name);
  const scaled = graph.add(
    { type: "affine", scale: Float32Array.of(scale), shift: Float32Array.of(0) },
    [scores],
    name,
  );
  const shares = graph.add({ type: "softmax" }, [scaled], name);
  return graph.add({ type: "matrix_product" }, [shares, value], name);
}

/** `[N, places, channels]` to `[N, heads, places, size]`. */
function project(
  call: LayerCallContext,
  part: string,
  input: number,
  [heads, size]: [number, number],
): number {
  const { graph, name } = call;
  const shape = graph.shapeOf(input);
  if (shape.length !== 3) {
    throw new KerasModelError(
      `Layer ${name}: attention over anything but [N, places, channels] is not supported; ${otherWay}`,
    );
  }
  const dense = addDense(call, part, input, [channelsOf(shape)], [heads, size]);
  const split = graph.add({ type: "reshape", shape: [null, shape[1] ?? 0, heads, size] }, [dense], name);
  return graph.add({ type: "transpose", order: [0, 2, 1, 3] }, [split], name);
}

/** A dense layer whose kernel and bias have more axes in the file than the two and the one of a Dense layer. */
function addDense(
  call: LayerCallContext,
  part: string,
  input: number,
  inputs: number[],
  outputs: number[],
): number {
  const { graph, config, weights, name } = call;
  const [rows, columns] = [inputs, outputs].map((sizes) =>
    sizes.reduce((product, size) => product * size, 1),
  );
  const kernel = weights.take(`${part} kernel`, [...inputs, ...outputs]);
  const matrix: Weight = { ...kernel, shape: [rows ?? 0, columns ?? 0] };
  const bias = config.boolean("use_bias", true) ? { bias: weights.read(`${part} bias`, outputs) } : {};
  return graph.add({ type: "dense", kernel: matrix, ...bias }, [input], name);
}

/**
 * Inputs by name, or else in the order of Keras's signature: query, value, key. Without a key, the value is the key.
 */
function takeInputs(call: LayerCallContext, names: string[]): [number, number, number] {
  const tensors = call.arguments.flatMap((argument) => (argument.type === "tensor" ? [argument] : []));
  const inOrder = tensors.filter(({ parameter }) => parameter === undefined);
  const find = (name: string, position: number) =>
    tensors.find(({ parameter }) => parameter === name)?.node ?? inOrder[position]?.node;
  const [query, value] = [find("query", 0), find("value", 1)];
  const known = tensors.every(({ parameter }) => parameter === undefined || names.includes(parameter));
  if (query === undefined || value === undefined || !known || inOrder.length > names.length)
    throw new KerasModelError(`Expected query, value and key for layer ${call.name} and nothing else`);
  return [query, find("key", 2) ?? value, value];
}

/** @throws KerasModelError when the layer mixes other values than those of all places, or gives each several axes. */
function assertPlain(call: LayerCallContext): void {
  if (call.config.has("output_shape") && call.config.numbers("output_shape").length !== 1)
    throw new KerasModelError(
      `Layer ${call.name}: an output_shape of several axes is not supported; give their product and add a Reshape, or ${otherWay}`,
    );
  if (call.config.has("attention_axes") && call.config.numbers("attention_axes").join() !== "1")
    throw new KerasModelError(`Layer ${call.name}: attention_axes are not supported; ${otherWay}`);
  for (const key of ["use_gate", "sliding_window"]) {
    if (call.config.raw(key))
      throw new KerasModelError(`Layer ${call.name}: ${key} is not supported; ${otherWay}`);
  }
}
