import { KerasModelError } from "../keras-model-error.ts";
import type { KerasObject } from "./keras-object.ts";
import type { LayerInput } from "./layer-reader.ts";

/**
 * What Keras does to integers, such as the pixels of an input of uint8. The graph computes in float32 throughout, so
 * its answer would differ where Keras rounds to whole numbers, or starts again at 0 after 255.
 */

/** Layers, operations and TensorFlow functions that answer in floats. */
const makingFloats = new Set(
  "Rescaling Normalization CenterCrop AugMix CutMix MixUp RandAugment Solarization Cast Divide TrueDivide Mean cast math.truediv math.divide".split(
    " ",
  ),
);
/** Layers and operations that only move, select or leave out integers. */
const passingOn = new Set(
  [
    "Identity Dropout SpatialDropout1D SpatialDropout2D AlphaDropout GaussianDropout GaussianNoise",
    "MaxPooling1D MaxPooling2D GlobalMaxPooling1D GlobalMaxPooling2D MaxPool Max Amax Min Amin",
    "Flatten Reshape Permute Transpose Swapaxes Moveaxis ExpandDims Squeeze Flip",
    "ZeroPadding2D Pad Cropping2D GetItem SlicingOpLambda Split Concatenate Stack",
  ].flatMap((names) => names.split(" ")),
);

/**
 * Whether a layer that is given integers passes integers on.
 *
 * @throws KerasModelError when it computes with them
 */
export function passesIntegersOn(layer: KerasObject, name: string, inputs: readonly LayerInput[]): boolean {
  const operation = layer.className === "TFOpLambda" ? String(layer.config.function) : layer.className;
  if (makingFloats.has(operation) || operation.startsWith("Random") || inputs.some(isFraction)) return false;
  if (passingOn.has(operation)) return true;
  throw new KerasModelError(
    `Layer ${name}: ${operation} on the integers of the model's input is not supported, as Keras keeps whole numbers there; ` +
      `put Rescaling before it, or give the input the type float32`,
  );
}

/** With a number that is not an integer, Keras computes in float32. */
const isFraction = (input: LayerInput) =>
  input.type === "constant" && !input.values.every((value) => Number.isInteger(value));
