import { expect, it } from "vitest";
import { looksLikePreprocessing } from "../../../../shared/registry/contract/undeclared-fields.ts";
import { preprocessingNames } from "../../../support/preprocessing-names.ts";

it.each([
  ...[
    "preproc",
    "preprocessor",
    "normalise_input",
    "normalized",
    "standardise",
    "standardization",
    "rescaling",
  ],
  ...[
    "rescale_factor",
    "resize",
    "resizing",
    "resample",
    "resampling",
    "antialias",
    "antialiasing",
    "letterbox",
  ],
  ...[
    "clahe_clip",
    "use_bgr",
    "crop",
    "cropping",
    "gamma",
    "graham",
    "equalise",
    "equalization",
    "whitening",
  ],
  ...["enhance", "enhancement", "denoise", "denoising", "interpolation"],
  ...["img_mean", "image_means", "pixel_std", "stds", "stddev", "scale", "scaling", "pixelRange", "range"],
  ...[
    "transform",
    "transforms",
    "color_mode",
    "colour_order",
    "colors",
    "colours",
    "channel",
    "channels_order",
  ],
  ...["pad", "padding", "gray", "greyscale", "grayscale", "rgb", "image-size", "target.size", "input_scale"],
  ...["value_range", "data_mean", "norm_mean", "color_space", "model_scale", "images_std", "imgStd"],
  ...preprocessingNames,
])("%s looks like preprocessing", (name) => {
  expect(looksLikePreprocessing(name)).toBe(true);
});

it.each([
  ...["mean_accuracy", "std_of_loss", "grid_size", "learning_rate_range", "owner", "image", "target", "mode"],
  ...["augmentation_crop", "aug_gamma", "train_resize", "training_mean", "random_crop", "batch_norm_scale"],
  ...[
    "layer_normalization",
    "dataset_normalized",
    "microcrop",
    "unresized",
    "meaning",
    "stdlib",
    "escalation",
  ],
  ...["spad", "paddington", "brgb", "rgbd", "sizes_of", "enchannels", "channelsOfSales", "transformer", ""],
  ...["batch_size", "prepared", "graphammer", "bgrx", "interpolations", "letterboxes", "clahed", "gammas"],
  ...[
    "imagenet",
    "mask",
    "zero",
    "bit",
    "eq",
    "variance",
    "model_variance",
    "target_variance",
    "aspect_ratio",
    "size_1",
    "channels_1",
  ],
])("%j does not", (name) => {
  expect(looksLikePreprocessing(name)).toBe(false);
});
