import { expect, test } from "vitest";
import { toSnakeCase } from "../../keras/model-layers.ts";

test.each([
  ["Conv2D", "conv2d"],
  ["SeparableConv2D", "separable_conv2d"],
  ["BatchNormalization", "batch_normalization"],
  ["GlobalAveragePooling2D", "global_average_pooling2d"],
  ["ReLU", "re_lu"],
  ["ELU", "elu"],
  ["DepthwiseConv2D", "depthwise_conv2d"],
  ["LayerScale", "layer_scale"],
])("%s is %s, as Keras names its weights", (className, expected) => {
  expect(toSnakeCase(className)).toBe(expected);
});
