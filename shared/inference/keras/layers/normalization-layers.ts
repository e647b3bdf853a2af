import { ModelError } from "../../../errors/model-error.ts";
import {
  addOperation,
  assertLastAxis,
  inputChannels,
  type LayerCallContext,
  type LayerReader,
  shapeOf,
} from "../layer-reader.ts";

/** (x - mean) / sqrt(variance + epsilon) * gamma + beta with the statistics of training (Ioffe & Szegedy 2015). */
export const readBatchNormalization: LayerReader = (call) => {
  const { config, weights } = call;
  assertLastAxis(call, config.raw("axis"), shapeOf(call).length);
  const { gamma, beta, channels } = readScaleAndShift(call);
  const mean = weights.read("moving_mean", [channels]);
  const variance = weights.read("moving_variance", [channels]);
  const epsilon = config.number("epsilon");
  const scale = gamma.map((value, channel) => value / Math.sqrt((variance[channel] as number) + epsilon));
  const shift = beta.map((value, channel) => value - (mean[channel] as number) * (scale[channel] as number));
  return addOperation(call, { type: "affine", scale, shift });
};

/** Over the channels of each pixel (Ba et al. 2016). */
export const readLayerNormalization: LayerReader = (call) => {
  const { config } = call;
  assertLastAxis(call, config.raw("axis"), shapeOf(call).length);
  if (config.boolean("rms_scaling", false)) {
    throw new ModelError(`Layer ${call.name}: rms_scaling is not supported`);
  }
  const { gamma, beta } = readScaleAndShift(call);
  const epsilon = config.number("epsilon");
  return addOperation(call, { type: "layer_normalization", scale: gamma, shift: beta, epsilon });
};

/** (x - mean) / max(sqrt(variance), 1e-7) with statistics that `adapt` learned or the settings give. */
export const readNormalization: LayerReader = (call) => {
  const { config, weights } = call;
  assertLastAxis(call, config.raw("axis") ?? -1, shapeOf(call).length);
  if (config.boolean("invert", false)) throw new ModelError(`Layer ${call.name}: invert is not supported`);
  const channels = inputChannels(call);
  const isAdapted = !config.has("mean");
  const mean = isAdapted ? weights.read("mean", [channels]) : Float32Array.from(config.numbers("mean"));
  const variance = isAdapted
    ? weights.read("variance", [channels])
    : Float32Array.from(config.numbers("variance"));
  weights.skipRest(); // how many samples it was adapted to
  const scale = variance.map((value) => 1 / Math.max(Math.sqrt(value), 1e-7));
  const shift = mean.map((value, channel) => -value * (scale[channel] as number));
  return addOperation(call, { type: "affine", scale, shift });
};

/** x * scale + offset, for all channels or one each. */
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
  throw new ModelError(
    `Expected 1 or ${channels} values for layer ${call.name} but received ${values.length}`,
  );
}
