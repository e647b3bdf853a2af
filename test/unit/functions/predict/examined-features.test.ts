import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { examineFeatures, examinePhotograph } from "../../../../functions/predict/examine-photograph.ts";
import { decodeImage } from "../../../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../../../shared/image/decoding/identify-image.ts";
import { preparePixels, sufficientSide } from "../../../../shared/image/preprocessing/prepare-pixels.ts";
import { loadPredictor } from "../../../../shared/inference/load-predictor.ts";
import { readLocalModel } from "../../../../shared/registry/local-model.ts";
import type { Predictor } from "../../../../shared/schemas/model.ts";
import { drawnKinds, drawPictures } from "../../../bench/checks/drawn-pictures.ts";

const packaged = path.resolve(import.meta.dirname, "../../../../models/eye-disease");

let cache: string;
let predictor: Predictor;
beforeAll(async () => {
  cache = await mkdtemp(path.join(tmpdir(), "examined-"));
  predictor = await loadPredictor(await readLocalModel(packaged, cache), { engine: "onnx", threads: 1 });
});
afterAll(async () => {
  await predictor.dispose();
  await rm(cache, { recursive: true, force: true });
});

/** Codes of the warnings before the model is asked, and after. */
async function examine(bytes: Buffer) {
  const { contract } = predictor;
  const limits = { maxUploadBytes: 1e7, maxImagePixels: 1e8 };
  const image = await decodeImage(await identifyImage(bytes, limits), sufficientSide(contract));
  const before = examinePhotograph(image, contract, { policy: "flag" });
  const answer = await predictor.predict(preparePixels(image, contract));
  const after = examineFeatures(before, answer, contract, { policy: "flag" });
  return { before, after, answer, codes: after.map(({ code }) => code) };
}

/** A disc on black ground in a retina's colours, with soft clouds and nothing that an eye has. */
function paintDisc(): Promise<Buffer> {
  const side = 300;
  const data = Buffer.alloc(side * side * 3);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [(i % side) / side, Math.floor(i / side) / side];
    if (Math.hypot(x - 0.5, y - 0.5) > 0.475) continue;
    let clouds = 1;
    for (let wave = 1; wave < 24; wave++)
      clouds +=
        (0.35 / wave) *
        Math.sin(2 * Math.PI * wave * (x * Math.cos(wave * 2.4) + y * Math.sin(wave * 2.4)) + wave * wave);
    for (const [channel, value] of [150, 75, 45].entries())
      data[3 * i + channel] = Math.max(
        0,
        Math.min(255, value * clouds + 12 * Math.sin(9 * x + channel * 2) + ((i * 7919) % 23) - 11),
      );
  }
  return sharp(data, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

test("a painted disc passes every check of the picture and is known by the model's features", async () => {
  const { before, codes, answer } = await examine(await paintDisc());
  expect(before).toEqual([]);
  expect(codes).toEqual(["not_a_fundus_photograph"]);
  expect(() => examineFeatures(before, answer, predictor.contract, { policy: "reject" })).toThrow(
    "does not look like a photograph",
  );
  expect(examineFeatures(before, answer, predictor.contract, { policy: "off" })).toEqual([]);
});

test("a good photograph passes", async () => {
  const { codes, answer } = await examine(
    await readFile(path.join(packaged, "sample/normal-left-eye-cc0.jpg")),
  );
  expect(codes).toEqual([]);
  expect(answer.featureProjection).toHaveLength(32);
});

test("a retina that is drawn with its vessels passes every check of the picture and is known by the model's features", async () => {
  const kind = drawnKinds.find(({ name }) => name === "retinas drawn by hand");
  const examined = [];
  for (const picture of await drawPictures(kind as (typeof drawnKinds)[number], 10))
    examined.push(await examine(picture));

  expect(examined.filter(({ before }) => before.length === 0)).toHaveLength(10);
  expect(examined.filter(({ codes }) => codes[0] === "not_a_fundus_photograph").length).toBeGreaterThan(8);
});
