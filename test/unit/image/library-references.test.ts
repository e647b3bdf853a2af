import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { preparePixels, sufficientSide } from "../../../shared/image/preprocessing/prepare-pixels.ts";
import { parseSimpleFields } from "../../../shared/registry/contract/parse-declared-fields.ts";
import { type ModelContract, modelContractSchema } from "../../../shared/schemas/model.ts";
import { createLibraryPicture } from "../../support/library-picture.ts";

/** Made by make-library-references.py beside it, which names the libraries' versions. */
const references = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../fixtures/image/library-references.json"), "utf8"),
) as Record<string, number[]>;

/** What a version says in its metadata, completed as a loaded model completes it. */
function contractOf(metadata: Record<string, string>, side: number): ModelContract {
  const declared = parseSimpleFields({ labels: "a, b", ...metadata }, "metadata");
  return modelContractSchema.parse({
    preprocessing: { kind: "resize" },
    ...declared,
    input: { height: side, width: side, channels: 3, ...declared.input },
  });
}

function largestDifference(actual: Float32Array, name: string): number {
  const expected = references[name];
  if (expected === undefined) throw new Error(`no reference ${name}`);
  expect(actual.length).toBe(expected.length);
  return expected.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (actual[index] as number))),
    0,
  );
}

/**
 * One step of 8 bits after ImageNet's normalisation: Pillow's weights have 22 bits, so now and then they round the
 * other way.
 */
const oneStep = 1 / 255 / 0.224 + 1e-4;

describe("pixels are what the library named makes of a photograph", () => {
  test.each([
    [
      "torchvision: Resize(12) bilinear, CenterCrop, imagenet",
      { shorter_side: "12", interpolation: "bilinear", normalization: "imagenet" },
      oneStep,
    ],
    [
      "torchvision: Resize(12) nearest, CenterCrop, imagenet",
      { preprocessing: "center_crop", shorter_side: "12", interpolation: "nearest", normalization: "torch" },
      1e-4,
    ],
    [
      "timm: crop_pct 0.8 bicubic, imagenet",
      {
        crop_pct: "0.8",
        interpolation: "bicubic",
        mean: "[0.485, 0.456, 0.406]",
        std: "[0.229, 0.224, 0.225]",
        value_range: "0,1",
      },
      oneStep,
    ],
    ["tensorflow: bilinear without antialiasing", { interpolation: "bilinear", antialias: "false" }, 1e-3],
    ["pillow: nearest", { interpolation: "nearest" }, 0],
  ])("%s", (name, metadata, tolerance) => {
    const { data } = preparePixels(createLibraryPicture(), contractOf(metadata, 9));
    expect(largestDifference(data, name)).toBeLessThanOrEqual(tolerance);
  });

  test("tensorflow: bilinear, enlarged", () => {
    const contract = contractOf({ interpolation: "bilinear", antialias: "false" }, 9);
    const { data } = preparePixels(createLibraryPicture({ width: 4, height: 5 }), contract);
    expect(largestDifference(data, "tensorflow: bilinear, enlarged")).toBeLessThan(1e-3);
  });

  test.each(["caffe", "tf", "torch"])("keras: preprocess_input %s", (normalization) => {
    const { data } = preparePixels(
      createLibraryPicture({ width: 3, height: 3 }),
      contractOf({ normalization }, 3),
    );
    expect(largestDifference(data, `keras: preprocess_input ${normalization}`)).toBeLessThan(2e-4);
  });

  test("a photograph that is resized without smoothing keeps every pixel until then", () => {
    expect(sufficientSide(contractOf({ interpolation: "nearest" }, 9))).toBeUndefined();
    expect(sufficientSide(contractOf({ interpolation: "bilinear", antialias: "false" }, 9))).toBeUndefined();
    expect(sufficientSide(contractOf({ crop_pct: "0.875", interpolation: "bicubic" }, 224))).toBe(512);
  });
});
