import { type LayerReader, tensorOf } from "../layer-reader.ts";

/** Layers that act in training only: what comes in goes out. */
export const readInactive: LayerReader = (call) => tensorOf(call);

export const inactiveLayers = [
  "ActivityRegularization",
  "AlphaDropout",
  "Dropout",
  "GaussianDropout",
  "GaussianNoise",
  "Identity",
  "RandomBrightness",
  "RandomColorDegeneration",
  "RandomColorJitter",
  "RandomContrast",
  "RandomErasing",
  "RandomFlip",
  "RandomGaussianBlur",
  "RandomGrayscale",
  "RandomHue",
  "RandomInvert",
  "RandomPerspective",
  "RandomPosterization",
  "RandomRotation",
  "RandomSaturation",
  "RandomSharpness",
  "RandomShear",
  "RandomTranslation",
  "RandomZoom",
  "SpatialDropout1D",
  "SpatialDropout2D",
  "StochasticDepth",
];
