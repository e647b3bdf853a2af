import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeImage } from "../../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../../shared/image/decoding/identify-image.ts";
import { preparePixels, sufficientSide } from "../../../shared/image/preprocessing/prepare-pixels.ts";
import { loadPredictor } from "../../../shared/inference/load-predictor.ts";
import { parseSimpleFields } from "../../../shared/registry/contract/parse-declared-fields.ts";
import type { ModelFiles } from "../../../shared/schemas/model.ts";
import { uploadSettings } from "../../../shared/settings/upload.ts";

const root = path.resolve(import.meta.dirname, "../../..");
/** Photographs that are not part of the project: where they are missing, there is nothing to compare. */
const shared = path.resolve(root, "../shared");

/** Percent by library and photograph, made by make-photograph-references.py beside it. */
const references = JSON.parse(
  readFileSync(path.join(root, "test/fixtures/image/photograph-references.json"), "utf8"),
) as Record<string, Record<string, number[]>>;

const declared: Record<string, Record<string, string>> = {
  "keras nearest": { interpolation: "nearest" },
  "keras bilinear": { interpolation: "bilinear", antialias: "false" },
  caffe: { interpolation: "bilinear", antialias: "false", normalization: "caffe" },
  torchvision: { shorter_side: "238", interpolation: "bilinear", normalization: "imagenet" },
  timm: { crop_pct: "0.875", interpolation: "bicubic", normalization: "imagenet" },
};

describe.skipIf(!existsSync(path.join(shared, "fundus")))("twelve photographs of ../shared/fundus", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "photographs-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test.each(Object.keys(declared))("%s: answers within 0.1 points of the library's", async (library) => {
    const files: ModelFiles = {
      identity: { name: "eye-disease-model", version: "1", source: "local_file" },
      directory: path.join(shared, "model-start"),
      format: "keras",
      path: "start.keras",
      declared: parseSimpleFields(declared[library] ?? {}, "metadata"),
      declaredBy: {},
    };
    const predictor = await loadPredictor(
      { ...files, directory: await copyInto(directory, files) },
      { engine: "onnx" },
    );
    for (const [file, expected] of Object.entries(references[library] ?? {})) {
      const bytes = readFileSync(path.join(shared, "fundus", file));
      const photograph = await identifyImage(bytes, uploadSettings.parse({}));
      const image = await decodeImage(photograph, sufficientSide(predictor.contract));
      const { probabilities: answer } = await predictor.predict(preparePixels(image, predictor.contract));
      const differences = expected.map((value, index) => 100 * Math.abs(value - (answer[index] as number)));
      expect(Math.max(...differences), file).toBeLessThan(0.1);
    }
    await predictor.dispose();
  });
});

/** A copy, because the folder may be read-only and what is compiled is kept beside the weights. */
async function copyInto(directory: string, files: ModelFiles): Promise<string> {
  await copyFile(path.join(files.directory, files.path), path.join(directory, files.path));
  return directory;
}
