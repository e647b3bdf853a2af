import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { computeActivationMap } from "../../../../functions/predict/compute-activation-map.ts";
import { decodeImage } from "../../../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../../../shared/image/decoding/identify-image.ts";
import { preparePixels } from "../../../../shared/image/preprocessing/prepare-pixels.ts";
import { loadPredictor } from "../../../../shared/inference/load-predictor.ts";
import type { ModelFiles } from "../../../../shared/schemas/model.ts";
import { createRandom } from "../../../support/random.ts";

const packaged = path.resolve(import.meta.dirname, "../../../../models/eye-disease");
const limits = { maxUploadBytes: 1e7, maxImagePixels: 1e8 };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "explained-"));
  await copyFile(path.join(packaged, "model.keras"), path.join(directory, "model.keras"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** The sample photograph's map, of the class that the model gives it. */
async function computeMap(): Promise<Float32Array> {
  const files: ModelFiles = {
    identity: { name: "eye-disease-model", version: "2", source: "local_file" },
    directory,
    format: "keras",
    path: "model.keras",
    declared: {
      preprocessing: { kind: "retina_disc", crop_size: 256, mask_radius: 0.485, interpolation: "area" },
    },
    declaredBy: {},
  };
  const predictor = await loadPredictor(files, { engine: "onnx", threads: 1 });
  const bytes = await readFile(path.join(packaged, "sample/normal-left-eye-cc0.jpg"));
  const image = await decodeImage(await identifyImage(bytes, limits));
  const { classMap, probabilities } = await predictor.predict(preparePixels(image, predictor.contract));
  await predictor.dispose();
  if (classMap === undefined) throw new Error("Expected a class map but received none");
  return computeActivationMap(classMap, probabilities.indexOf(Math.max(...probabilities)), false).data;
}

/** Puts each block of trained values of the kept graph in another order: the same numbers, nothing learned. */
async function randomiseWeights(seed: number): Promise<void> {
  const [kept = ""] = await readdir(path.join(directory, "compiled"));
  const file = path.join(directory, "compiled", kept, "model.onnx.data");
  const bytes = await readFile(file);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const block = 1024;
  const random = createRandom(seed);
  for (let i = values.length - 1; i > 0; i--) {
    const begin = i - (i % block);
    const other = begin + Math.floor(random() * (i - begin + 1));
    [values[i], values[other]] = [values[other] ?? 0, values[i] ?? 0];
  }
  await writeFile(file, bytes);
  // By what is kept of its trial, the graph would be found damaged and compiled again.
  for (const name of await readdir(path.dirname(file)))
    if (name.startsWith("trial-")) await rm(path.join(path.dirname(file), name));
}

/** Pearson's correlation; 0 where one of them is the same everywhere. */
function correlate(first: Float32Array, second: Float32Array): number {
  const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centre = (values: Float32Array) => values.map((value) => value - meanOf(values));
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const [a, b] = [centre(first), centre(second)];
  const deviations = Math.sqrt(dot(a, a) * dot(b, b));
  return deviations === 0 ? 0 : dot(a, b) / deviations;
}

test("the map is of what the model has learned: with randomised weights it is another (Adebayo et al. 2018)", async () => {
  const learned = await computeMap();
  expect(await computeMap()).toEqual(learned);
  const correlations: number[] = [];
  for (const seed of [1, 2, 3, 4, 5]) {
    await randomiseWeights(seed);
    correlations.push(Math.abs(correlate(learned, await computeMap())));
  }
  console.info(
    `correlations with maps of randomised weights: ${correlations.map((c) => c.toFixed(2)).join(", ")}`,
  );
  // Two blurred maps of one disc may look alike by chance.
  expect(correlations.reduce((sum, each) => sum + each, 0) / correlations.length).toBeLessThan(0.4);
});
