import { describe, expect, test } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import {
  isContractTag,
  parseDeclaredContract,
  parseParams,
  parseSimpleFields,
} from "../../../../shared/registry/contract/parse-declared-fields.ts";
import { preprocessingNames } from "../../../support/preprocessing-names.ts";

describe("a contract file", () => {
  test("says only what stands in it: no default is added", () => {
    const declared = parseDeclaredContract({ labels: ["a", "b"], input: { value_range: [0, 1] } }, "file");
    expect(declared).toEqual({ labels: ["a", "b"], input: { value_range: [0, 1] } });
  });

  test("fills in the details of a preprocessing it names", () => {
    expect(parseDeclaredContract({ preprocessing: { kind: "retina_disc" } }, "file")).toEqual({
      preprocessing: { kind: "retina_disc", crop_size: 256, mask_radius: 0.485, interpolation: "area" },
    });
  });

  test("says how far to trust its answers", () => {
    const trust = { confident_from: 0.8, set_threshold: 0.1, measure_limits: { sharpness: [0.5, 1] } };
    expect(parseDeclaredContract({ trust }, "file")).toEqual({ trust });
  });

  test.each([
    [{ trust: { confident_from: 2 } }, /^file: trust\.confident_from: /],
    [{ trust: { measure_limits: { sharpnes: [0.5, 1] } } }, /^file: trust\.measure_limits/],
    [{ trust: { measure_limits: { sharpness: [1, 0.5] } } }, /lowest value before the highest/],
    [{ temperature: 0 }, /^file: temperature: /],
    [{ labels: ["only"] }, /^file: labels: /],
    [
      { labels: ["glaucoma"] },
      /received glaucoma alone: a single unit .* \["no_glaucoma","glaucoma"\], and its/,
    ],
    [{ input: { height: -1 } }, /^file: input\.height: /],
    [{ lables: ["a", "b"] }, /^file: contract: Expected any of labels, .* but received lables/],
    [["a"], /^file: contract: /],
  ])("refuses %j, naming the field", (value, message) => {
    expect(() => parseDeclaredContract(value, "file")).toThrow(message);
    expect(() => parseDeclaredContract(value, "file")).toThrow(ModelError);
  });
});

describe("simple fields", () => {
  test.each([
    ["JSON", '["cataract", "normal"]'],
    ["Python's repr", "['cataract', 'normal']"],
    ["words with commas", "cataract, normal"],
    ["a list", ["cataract", "normal"]],
  ])("take labels as %s", (_how, labels) => {
    expect(parseSimpleFields({ labels }, "tags")).toEqual({ labels: ["cataract", "normal"] });
    expect(parseSimpleFields({ class_names: labels }, "tags")).toEqual({ labels: ["cataract", "normal"] });
  });

  test.each([["208x224"], ["208 x 224"], ["[208, 224]"], ["208,224"], [[208, 224]]])(
    "take an input size as %j",
    (size) => {
      expect(parseSimpleFields({ input_size: size }, "tags")).toEqual({ input: { height: 208, width: 224 } });
    },
  );

  test("take one number for a square", () => {
    expect(parseSimpleFields({ input_size: "208" }, "tags")).toEqual({ input: { height: 208, width: 208 } });
  });

  test("take the rest", () => {
    const tags = { value_range: "0,1", temperature: "1.5", preprocessing: "retina_disc", owner: "someone" };
    expect(parseSimpleFields(tags, "tags")).toMatchObject({
      input: { value_range: [0, 1] },
      temperature: 1.5,
      preprocessing: { kind: "retina_disc" },
    });
  });

  test.each([
    [{ temperature: "hot" }, /^tags: temperature/],
    [
      { input_size: "large" },
      /^tags input_size: Expected height x width, such as 208x208, but received large/,
    ],
    [{ value_range: "0" }, /^tags: input\.value_range/],
  ])("refuse %j", (tags, message) => {
    expect(() => parseSimpleFields(tags, "tags")).toThrow(message);
  });

  test("leave other entries alone", () => {
    expect(parseSimpleFields({ owner: "someone", sha256: "00" }, "tags")).toEqual({});
  });
});

const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

describe("normalisation", () => {
  test.each([
    [{ normalization: "imagenet" }, { value_range: [0, 1], ...imagenet, channel_order: "rgb" }],
    [
      { normalisation: "caffe" },
      { value_range: [0, 255], mean: [103.939, 116.779, 123.68], std: [1, 1, 1], channel_order: "bgr" },
    ],
    [{ mean: "0.485, 0.456, 0.406", std: "[0.229 0.224 0.225]" }, imagenet],
    [{ image_mean: [0.485, 0.456, 0.406], image_std: "(0.229, 0.224, 0.225)" }, imagenet],
    [
      { mean: "127.5", std: 127.5 },
      { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] },
    ],
    [{ channel_order: "BGR" }, { channel_order: "bgr" }],
    [{ value_range: "-1..1" }, { value_range: [-1, 1] }],
    [{ value_range: "[0, 1]" }, { value_range: [0, 1] }],
    [{ "Value-Range": "0 to 255" }, { value_range: [0, 255] }],
    [{ input_shape: "[1, 3, 208, 224]" }, { height: 208, width: 224 }],
    [{ image_size: "[208, 224, 3]" }, { height: 208, width: 224 }],
  ])("%j is read in metadata, tags and a contract alike", (fields, input) => {
    expect(parseSimpleFields(fields, "tags")).toEqual({ input });
    expect(parseDeclaredContract(fields, "file")).toEqual({ input });
    expect(parseDeclaredContract({ input: fields }, "file")).toEqual({ input });
  });

  test.each([
    [{ mean: [1, 2] }, /tags: input\.mean/],
    [{ std: [0, 1, 1] }, /tags: input\.std: Expected numbers above 0/],
    [
      { normalization: "z-score" },
      /tags: normalization: Expected one of imagenet, torch, torchvision, caffe/,
    ],
    [{ normalization: "caffe", mean: "0" }, /tags: normalization: Expected a preset or mean, not both/],
    [{ channel_order: "brg" }, /tags: input\.channel_order/],
    [{ preprocessing: "imagenet" }, /tags: preprocessing: Expected resize, center_crop, retina_disc/],
    [{ interpolation: "lanczos" }, /tags: preprocessing\.interpolation/],
    [{ interpolation: "bicubic", antialias: false }, /antialias false goes with/],
    [{ preprocessing: "center_crop", interpolation: "bilinear" }, /Expected either shorter_side/],
    [
      { preprocessing: { kind: "center_crop", shorter_side: 256 } },
      /preprocessing.interpolation: missing; expected bicubic or bilinear or area/,
    ],
  ])("refuses %j", (fields, message) => {
    expect(() => parseSimpleFields(fields, "tags")).toThrow(message);
  });
});

describe("an entry that looks like preprocessing and is not known", () => {
  test.each([
    "rescale",
    "img_mean",
    "colorMode",
    "Resize",
    "preprocess_input",
    "pixel_std",
    "image.scaling",
    "ben_graham",
    "gamma_correction",
    "pixel_format",
    ...preprocessingNames,
  ])("%s is refused, and changes what serves", (name) => {
    expect(() => parseSimpleFields({ [name]: "1" }, "tags")).toThrow(
      `tags: ${name} looks like preprocessing`,
    );
    expect(isContractTag(name)).toBe(true);
  });

  test.each([
    "mean_accuracy",
    "train_crop",
    "owner",
    "mlflow.user",
    "image_count",
    "learning_rate",
    "dataset",
    "center",
    "data_center",
    "model_format",
    "business_unit",
    "imagenet_weights",
    "model_depth",
  ])("%s is none", (name) => {
    expect(parseSimpleFields({ [name]: "1" }, "tags")).toEqual({});
    expect(isContractTag(name)).toBe(false);
  });
});

describe("params", () => {
  test("say labels and values; words of training say nothing", () => {
    const params = {
      class_names: "['a', 'b']",
      mean: "0.5",
      normalization: "batch",
      activation: "relu",
      image_size: "512",
      classes: "2",
      rescale: "True",
    };
    expect(parseParams(params, "params")).toEqual({ labels: ["a", "b"], input: { mean: [0.5, 0.5, 0.5] } });
  });

  test("labels that cannot be read are refused: others would be assumed", () => {
    expect(() => parseParams({ class_names: "see the wiki" }, "params")).toThrow(/params: class_names/);
  });

  test("what is named like labels is left alone where a place that wins has them", () => {
    const params = { labels: "inferred", "Class-Names": "all", mean: "0.5" };
    expect(parseParams(params, "params", { hasLabels: true })).toEqual({ input: { mean: [0.5, 0.5, 0.5] } });
  });
});

describe("names are written in many ways", () => {
  test("capitals and dashes do not matter, also where they change what serves", () => {
    expect(parseSimpleFields({ "Class-Names": "a, b", Temperature: "2" }, "tags")).toEqual({
      labels: ["a", "b"],
      temperature: 2,
    });
    expect(isContractTag("Class-Names")).toBe(true);
    expect(isContractTag("model_contract")).toBe(true);
    expect(isContractTag("mlflow.resize")).toBe(false);
    expect(parseSimpleFields({ "mlflow.resize": "1", model_contract: "{}" }, "tags")).toEqual({});
  });

  test.each([
    "labels",
    "input_size",
    "mean",
    "crop_pct",
    "channels",
    "activation",
    "multi_label",
    "reference_window",
  ])("a tag %s is part of the contract", (name) => expect(isContractTag(name)).toBe(true));

  test("a field that is not said is not there: it would hide what another place declares", () => {
    const declared = parseDeclaredContract({ labels: undefined, temperature: undefined, input: {} }, "file");
    expect(declared).toEqual({});
    expect(Object.keys(parseDeclaredContract({ temperature: 2, input: { height: 8 } }, "file"))).toEqual([
      "temperature",
      "input",
    ]);
  });
});

describe("a contract file, more closely,", () => {
  test("takes the input's parts beside the others or in an object of their own", () => {
    const input = { height: 8, width: 9, channels: 3 as const };
    expect(parseDeclaredContract({ ...input, version: "2026.1" }, "file")).toEqual({
      input,
      version: "2026.1",
    });
    expect(parseDeclaredContract({ input, version: 7 }, "file")).toEqual({ input, version: "7" });
    expect(parseDeclaredContract({ version: "1.10" }, "file")).toEqual({ version: "1.10" });
  });

  test("names every field that it does not know", () => {
    expect(() => parseDeclaredContract({ lables: [], input: { hight: 1 }, temperature: 1 }, "file")).toThrow(
      "file: contract: Expected any of labels, input_size, value_range, normalization, preprocessing, interpolation but received lables, hight (docs/models.md)",
    );
    expect(() => parseDeclaredContract(null, "file")).toThrow("file: contract: Expected an object");
    expect(() => parseDeclaredContract("text", "file")).toThrow("file: contract: Expected an object");
  });

  test("names every field that is wrong", () => {
    expect(() => parseDeclaredContract({ temperature: -1, multi_label: "maybe" }, "file")).toThrow(
      /^file: (multi_label: .*; temperature: |temperature: .*; multi_label: )/,
    );
  });
});

describe("resizing", () => {
  test.each([
    [{ interpolation: "area" }, { kind: "resize", interpolation: "area", antialias: true }],
    [
      { interpolation: "bilinear", antialias: "false" },
      { kind: "resize", interpolation: "bilinear", antialias: false },
    ],
    [
      { crop_pct: "0.875", interpolation: "bicubic" },
      { kind: "center_crop", crop_pct: 0.875, interpolation: "bicubic" },
    ],
    [
      { shorter_side: "256", interpolation: "bilinear" },
      { kind: "center_crop", shorter_side: 256, interpolation: "bilinear" },
    ],
    [
      { preprocessing: "center_crop", shorter_side: 256, interpolation: "area" },
      { kind: "center_crop", shorter_side: 256, interpolation: "area" },
    ],
    [
      { preprocessing: { kind: "retina_disc", crop_size: 512 }, crop_size: 128, mask_radius: 0.4 },
      { kind: "retina_disc", crop_size: 512, mask_radius: 0.4, interpolation: "area" },
    ],
    [
      { preprocessing: "{kind: resize, interpolation: nearest}" },
      { kind: "resize", interpolation: "nearest", antialias: true },
    ],
  ])("%j is read", (fields, preprocessing) => {
    expect(parseSimpleFields(fields, "tags")).toEqual({ preprocessing });
  });
});

describe("an input size", () => {
  test.each([
    ["[1, 208, 224, 3]", { height: 208, width: 224 }],
    ["[3, 208, 224]", { height: 208, width: 224 }],
    ["(208, 224)", { height: 208, width: 224 }],
    ["(208, 224, 3)", { height: 208, width: 224 }],
    ["(None, 208, 224, 3)", { height: 208, width: 224 }],
    ["[None, 3, 208, 224]", { height: 208, width: 224 }],
    [[3, 208, 3], { height: 3, width: 208 }],
    [[-1, 208, 224, 3], { height: 208, width: 224 }],
  ])("%j leaves out batch and channels", (input_shape, input) => {
    expect(parseSimpleFields({ input_shape }, "tags")).toEqual({ input });
  });

  test.each(["208x", "x", "208 by 224", "about 208x224", "208x224 pixels", "[208]", [], [208]])(
    "%j is none",
    (size) => {
      expect(() => parseSimpleFields({ image_size: size }, "tags")).toThrow(
        "tags image_size: Expected height x width, such as 208x208, but received",
      );
    },
  );
});

describe("params of training", () => {
  test.each([
    [
      { interpolation: "bilinear" },
      { preprocessing: { kind: "resize", interpolation: "bilinear", antialias: true } },
    ],
    [{ interpolation: "lanczos", preprocessing: "albumentations", crop_pct: "0.9" }, {}],
    [{ normalisation: "imagenet", normalization: "batch" }, undefined],
    [{ preprocessing: "retina_disc" }, { preprocessing: expect.objectContaining({ kind: "retina_disc" }) }],
    [{ temperature: "7", multi_label: "x", reference_window: "y", channels: "4", input_size: "x" }, {}],
  ])("%j are read where they make sense", (params, expected) => {
    if (expected !== undefined) expect(parseParams(params, "params")).toEqual(expected);
    else expect(parseParams(params, "params").input).toMatchObject({ mean: [0.485, 0.456, 0.406] });
  });

  test("of pixel values are refused where they cannot be read", () => {
    for (const name of ["value_range", "channel_order", "mean", "std", "image_mean", "image_std"])
      expect(() => parseParams({ [name]: "as usual" }, "params")).toThrow(/^params: input\./);
  });

  test("of labels are left alone by the exact name of the field, not of others", () => {
    const params = { labels: "inferred", class_names: "see there", std: "2" };
    expect(parseParams(params, "params", { hasLabels: true })).toEqual({ input: { std: [2, 2, 2] } });
    expect(() => parseParams(params, "params", { hasLabels: false })).toThrow(ModelError);
  });
});

test("what is no YAML is text", () => {
  expect(parseSimpleFields({ reference_window: "[window" }, "tags")).toEqual({ reference_window: "[window" });
});

test("labels under two names may say the same, and a count beside them says nothing", () => {
  expect(parseSimpleFields({ labels: "a, b", class_indices: { b: 1, a: 0 }, classes: "2" }, "tags")).toEqual({
    labels: ["a", "b"],
  });
});
