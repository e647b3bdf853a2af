import { expect, test } from "vitest";
import { passesIntegersOn } from "../../keras/integer-values.ts";
import { layerReaders } from "../../keras/layers/all-layers.ts";
import { operationReaders } from "../../keras/operations/all-operations.ts";

/** As Keras 3.15 does with an input of uint8 when it predicts; where it computes with integers, or fails, the layer is refused. */
const expected = {
  floats: `AugMix CenterCrop CutMix Divide Mean MixUp Normalization RandAugment Rescaling Solarization TrueDivide Cast
    RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast RandomElasticTransform RandomErasing RandomFlip
    RandomGaussianBlur RandomGrayscale RandomHeight RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation
    RandomSaturation RandomSharpness RandomShear RandomTranslation RandomWidth RandomZoom`,
  integers: `AlphaDropout Amax Amin Concatenate Cropping2D Dropout ExpandDims Flatten Flip GaussianDropout GaussianNoise GetItem
    GlobalMaxPooling1D GlobalMaxPooling2D Identity Max MaxPool MaxPooling1D MaxPooling2D Min Moveaxis Pad Permute Reshape
    SlicingOpLambda SpatialDropout1D SpatialDropout2D Split Squeeze Stack Swapaxes Transpose ZeroPadding2D`,
  refused: `Abs Absolute Activation ActivityRegularization Add Attention Average AveragePool AveragePooling1D AveragePooling2D
    BatchNormalization Clip Conv1D Conv2D Dense DepthwiseConv2D ELU Elu Erf Exp Floor Gelu GlobalAveragePooling1D
    GlobalAveragePooling2D GroupNormalization HardSigmoid HardSilu LayerNormalization LayerScale LeakyReLU LeakyRelu Log Matmul
    Maximum Minimum MultiHeadAttention Multiply Negative Norm Normalize PReLU Power RGBToGrayscale RMSNormalization ReLU
    Reciprocal Relu Relu6 Resize Resizing Rsqrt Selu SeparableConv2D Sigmoid Silu Softmax Softplus Softsign Sqrt Square
    StochasticDepth Std Subtract Sum TFOpLambda Tanh UnitNormalization UpSampling2D Var`,
};

/** What becomes of integers in a layer of this class. */
function outcome(className: string): keyof typeof expected {
  try {
    const layer = { kind: "layer" as const, className, name: "the_layer", config: {}, inboundNodes: [] };
    return passesIntegersOn(layer, layer.name, []) ? "integers" : "floats";
  } catch {
    return "refused";
  }
}

test("what becomes of integers is decided for every layer and operation that is read", () => {
  const names = new Set([...layerReaders.keys(), ...operationReaders.keys()]);
  const found = Map.groupBy([...names].sort(), outcome);
  for (const [what, listed] of Object.entries(expected))
    expect(found.get(what as keyof typeof expected), what).toEqual(listed.split(/\s+/).sort());
});
