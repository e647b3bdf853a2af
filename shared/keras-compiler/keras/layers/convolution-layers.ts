import type { Convolution, Pair } from "../../graph/operations.ts";
import type { Weight } from "../../graph/weight.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { addActivation } from "../activations.ts";
import { inputChannels, type LayerCallContext, type LayerReader, tensorOf } from "../layer-reader.ts";
import { otherWay } from "../other-way.ts";

const onePixel = { strides: [1, 1], dilation: [1, 1], padding: "valid" } as const;

export const readConvolution: LayerReader = (call) => {
  const { config, weights } = call;
  const filters = config.number("filters");
  const groups = config.number("groups", 1);
  const kernel = weights.take("kernel", [
    ...config.pair("kernel_size"),
    inputChannels(call) / groups,
    filters,
  ]);
  const convolution = { ...readWindow(call), ...readBias(call, filters), kernel, groups, depthwise: false };
  const output = call.graph.add(convolution, [tensorOf(call)], call.name);
  return addActivation(call, output, config.raw("activation"));
};

export const readDepthwiseConvolution: LayerReader = (call) => {
  const { kernel, outputs } = takeDepthwiseKernel(call);
  const output = addDepthwise(call, kernel, readBias(call, outputs));
  return addActivation(call, output, call.config.raw("activation"));
};

/** A depthwise convolution, then one of 1 x 1 that mixes the channels. */
export const readSeparableConvolution: LayerReader = (call) => {
  const { config, weights } = call;
  const filters = config.number("filters");
  const { kernel, outputs } = takeDepthwiseKernel(call);
  const pointwise = weights.take("pointwise_kernel", [1, 1, outputs, filters]);
  const between = addDepthwise(call, kernel, {});
  const mixing = {
    ...onePixel,
    type: "convolution",
    kernel: pointwise,
    groups: 1,
    depthwise: false,
  } as const;
  const output = call.graph.add({ ...mixing, ...readBias(call, filters) }, [between], call.name);
  return addActivation(call, output, config.raw("activation"));
};

function takeDepthwiseKernel(call: LayerCallContext): { kernel: Weight; outputs: number } {
  const channels = inputChannels(call);
  const multiplier = call.config.number("depth_multiplier", 1);
  const shape = [...call.config.pair("kernel_size"), channels, multiplier];
  return { kernel: call.weights.take("depthwise_kernel", shape), outputs: channels * multiplier };
}

function addDepthwise(call: LayerCallContext, kernel: Weight, bias: { bias?: Float32Array }): number {
  const convolution = { ...readWindow(call), ...bias, kernel, groups: inputChannels(call), depthwise: true };
  return call.graph.add(convolution, [tensorOf(call)], call.name);
}

export function readBias(call: LayerCallContext, outputs: number): { bias?: Float32Array } {
  return call.config.boolean("use_bias") ? { bias: call.weights.read("bias", [outputs]) } : {};
}

function readWindow({
  config,
  name,
}: LayerCallContext): Pick<Convolution, "type" | "strides" | "dilation" | "padding"> {
  const strides: Pair = config.pair("strides", [1, 1]);
  const dilation: Pair = config.pair("dilation_rate", [1, 1]);
  if (Math.max(...strides) > 1 && Math.max(...dilation) > 1) {
    throw new KerasModelError(`Layer ${name}: strides together with dilation are not supported; ${otherWay}`);
  }
  return {
    type: "convolution",
    strides,
    dilation,
    padding: config.oneOf("padding", ["same", "valid"] as const),
  };
}
