import type { ModelContract } from "./model.ts";

export type NormalizationPreset = Pick<
  ModelContract["input"],
  "value_range" | "mean" | "std" | "channel_order"
>;

const imagenet: NormalizationPreset = {
  value_range: [0, 1],
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
  channel_order: "rgb",
};
const between: NormalizationPreset = {
  value_range: [-1, 1],
  mean: [0, 0, 0],
  std: [1, 1, 1],
  channel_order: "rgb",
};
const caffe: NormalizationPreset = {
  value_range: [0, 255],
  mean: [103.939, 116.779, 123.68],
  std: [1, 1, 1],
  channel_order: "bgr",
};

/** Names from torchvision and timm, and modes of `keras.applications.imagenet_utils.preprocess_input`. */
export const normalizationPresets: Readonly<Record<string, NormalizationPreset>> = {
  imagenet,
  torch: imagenet,
  torchvision: imagenet,
  caffe,
  tf: between,
  inception: between,
};
