import { KerasModelError } from "../../keras-model-error.ts";
import { addBinary, addCentred, addRootMeanSquare, addUnitLength } from "../formulas.ts";
import {
  addOperation,
  assertLastAxis,
  inputChannels,
  type LayerCallContext,
  type LayerReader,
  shapeOf,
  tensorOf,
  toAxes,
} from "../layer-reader.ts";
import { otherWay } from "../other-way.ts";

/** (x - mean) / sqrt(variance + epsilon) * gamma + beta with the statistics of training (Ioffe & Szegedy 2015). */
export const readBatchNormalization: LayerReader = (call) => {
  const { config, weights } = call;
  assertLastAxis(call, config.raw("axis"), shapeOf(call).length);
  const { gamma, beta, channels } = readScaleAndShift(call);
  const mean = weights.read("moving_mean", [channels]);
  const variance = weights.read("moving_variance", [channels]);
  const epsilon = config.number("epsilon");
  const deviation = variance.map((value) => Math.sqrt(value + epsilon));
  const scale = gamma.map((value, channel) => value / (deviation[channel] as number));
  const shift = beta.map((value, channel) => value - (mean[channel] as number) * (scale[channel] as number));
  return addOperation(call, { type: "affine", scale, shift, statistics: { mean, deviation } });
};

/** Over the channels of each pixel (Ba et al. 2016). */
export const readLayerNormalization: LayerReader = (call) => {
  const { config } = call;
  assertLastAxis(call, config.raw("axis"), shapeOf(call).length);
  if (config.boolean("rms_scaling", false)) {
    throw new KerasModelError(`Layer ${call.name}: rms_scaling is not supported; ${otherWay}`);
  }
  const { gamma, beta } = readScaleAndShift(call);
  const epsilon = config.number("epsilon");
  return addOperation(call, { type: "layer_normalization", scale: gamma, shift: beta, epsilon });
};

/** Over the pixels and channels of each group of channels (Wu & He 2018). */
export const readGroupNormalization: LayerReader = (call) => {
  const { config, graph, name } = call;
  const shape = shapeOf(call);
  assertLastAxis(call, config.raw("axis"), shape.length);
  const { gamma, beta, channels } = readScaleAndShift(call);
  const groups = config.number("groups") === -1 ? channels : config.number("groups");
  const split = [...shape.slice(0, -1), groups, channels / groups];
  const grouped = graph.add({ type: "reshape", shape: split }, [tensorOf(call)], name);
  const axes = [...split.keys()].filter((axis) => axis !== 0 && axis !== shape.length - 1);
  const centred = addCentred(call, grouped, axes);
  const deviation = addRootMeanSquare(call, centred, axes, config.number("epsilon"));
  const normalised = addBinary(call, "divide", centred, deviation);
  const joined = graph.add({ type: "reshape", shape }, [normalised], name);
  return graph.add({ type: "affine", scale: gamma, shift: beta }, [joined], name);
};

/** x / sqrt(mean(x^2) + epsilon) * scale over the last axis (Zhang & Sennrich 2019). */
export const readRootMeanSquareNormalization: LayerReader = (call) => {
  const { config, weights, graph, name } = call;
  const rank = shapeOf(call).length;
  assertLastAxis(call, config.raw("axis"), rank);
  const scale = weights.read("scale", [inputChannels(call)]);
  const size = addRootMeanSquare(call, tensorOf(call), [rank - 1], config.number("epsilon"));
  const normalised = addBinary(call, "divide", tensorOf(call), size);
  return graph.add({ type: "affine", scale, shift: Float32Array.of(0) }, [normalised], name);
};

export const readUnitNormalization: LayerReader = (call) =>
  addUnitLength(call, tensorOf(call), toAxes(call, call.config.numbers("axis", -1)), 1e-12);

/**
 * (x - mean) / max(sqrt(variance), 1e-7), or its inverse. The statistics come from `adapt` or from the settings: one
 * per channel, or one for all channels where the layer has no axis.
 */
export const readNormalization: LayerReader = (call) => {
  const { config, weights } = call;
  const axis = [config.raw("axis") ?? []].flat();
  if (axis.length > 0) assertLastAxis(call, axis, shapeOf(call).length);
  const statisticsShape = axis.length > 0 ? [inputChannels(call)] : [];
  const isAdapted = !config.has("mean");
  const read = (name: string) =>
    isAdapted ? weights.read(name, statisticsShape) : Float32Array.from(config.numbers(name));
  const [mean, variance] = [read("mean"), read("variance")];
  weights.skipRest(); // how many samples it was adapted to
  assertChannels(call, mean);
  assertChannels(call, variance);
  const deviation = variance.map((value) => Math.max(Math.sqrt(value), 1e-7));
  if (config.boolean("invert", false)) {
    return addOperation(call, { type: "affine", scale: deviation, shift: mean });
  }
  const scale = deviation.map((value) => 1 / value);
  const shift = mean.map((value, channel) => -value * (scale[scale.length === 1 ? 0 : channel] as number));
  const isPerChannel = mean.length === deviation.length;
  return addOperation(call, {
    type: "affine",
    scale,
    shift,
    ...(isPerChannel && { statistics: { mean, deviation } }),
  });
};

/** x * scale + offset, with one value for all channels or one per channel. */
export const readRescaling: LayerReader = (call) => {
  const scale = Float32Array.from(call.config.numbers("scale"));
  const offset = Float32Array.from(call.config.numbers("offset", 0));
  assertChannels(call, scale);
  assertChannels(call, offset);
  return addOperation(call, { type: "affine", scale, shift: offset });
};

/** x * gamma: ConvNeXt's layer scale (Touvron et al. 2021). */
export const readLayerScale: LayerReader = (call) => {
  const scale = call.weights.read("gamma", [call.config.number("projection_dim")]);
  assertChannels(call, scale);
  return addOperation(call, { type: "affine", scale, shift: Float32Array.of(0) });
};

function readScaleAndShift(call: LayerCallContext) {
  const { config, weights } = call;
  const channels = inputChannels(call);
  const gamma = config.boolean("scale", true)
    ? weights.read("gamma", [channels])
    : new Float32Array(channels).fill(1);
  const beta = config.boolean("center", true) ? weights.read("beta", [channels]) : new Float32Array(channels);
  return { gamma, beta, channels };
}

function assertChannels(call: LayerCallContext, values: Float32Array): void {
  const channels = inputChannels(call);
  if (values.length === 1 || values.length === channels) return;
  throw new KerasModelError(
    `Expected 1 or ${channels} values for layer ${call.name} but received ${values.length}`,
  );
}
