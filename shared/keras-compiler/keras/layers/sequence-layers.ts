import type { PoolingMode, Shape } from "../../graph/operations.ts";
import type { Weight } from "../../graph/weight.ts";
import { addActivation } from "../activations.ts";
import {
  inputChannels,
  type LayerCallContext,
  type LayerReader,
  shapeOf,
  tensorOf,
} from "../layer-reader.ts";
import { readBias } from "./convolution-layers.ts";

/** Like every layer over `[N, places, channels]` here, it is read as one over an image of one row. */
export const readConvolution1D: LayerReader = (call) => {
  const { config, weights, graph, name } = call;
  const filters = config.number("filters");
  const groups = config.number("groups", 1);
  const [size = 0] = config.numbers("kernel_size");
  const kernel = weights.take("kernel", [size, inputChannels(call) / groups, filters]);
  const [dilation = 1] = config.numbers("dilation_rate", 1);
  const padding = config.oneOf("padding", ["same", "valid", "causal"] as const);
  const before = { top: 0, bottom: 0, left: (size - 1) * dilation, right: 0 };
  const row: Weight = { ...kernel, shape: [1, ...kernel.shape] };
  const convolution = {
    type: "convolution",
    kernel: row,
    ...readBias(call, filters),
    strides: [1, config.numbers("strides", 1)[0] ?? 1],
    dilation: [1, dilation],
    padding: padding === "causal" ? before : padding,
    groups,
    depthwise: false,
  } as const;
  const output = fromRow(call, graph.add(convolution, [toRow(call)], name));
  return addActivation(call, output, config.raw("activation"));
};

export function createPooling1DReader(mode: PoolingMode): LayerReader {
  return (call) => {
    const { config, graph, name } = call;
    const [size = 0] = config.numbers("pool_size");
    const [step = size] = config.has("strides") ? config.numbers("strides") : [];
    const padding = config.oneOf("padding", ["same", "valid"]);
    const pooling = { type: "pooling", mode, size: [1, size], strides: [1, step], padding } as const;
    return fromRow(call, graph.add(pooling, [toRow(call)], name));
  };
}

function toRow(call: LayerCallContext): number {
  const [batch = null, ...sizes] = shapeOf(call);
  return addReshape(call, tensorOf(call), [batch, 1, ...sizes]);
}

function fromRow(call: LayerCallContext, node: number): number {
  return addReshape(call, node, call.graph.shapeOf(node).toSpliced(1, 1));
}

function addReshape(call: LayerCallContext, node: number, shape: Shape): number {
  return call.graph.add({ type: "reshape", shape }, [node], call.name);
}
