import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ensureTensorflow } from "../../../scripts/tensorflow/tensorflow.ts";
import { compileModel } from "../../../shared/inference/compiled/compile-model.ts";
import { chooseEngine } from "../../../shared/inference/engines/choose-engine.ts";
import type { EngineSession, GraphAnswer } from "../../../shared/inference/engines/inference-engine.ts";
import { loadPredictor } from "../../../shared/inference/load-predictor.ts";
import {
  decodeFeatureProjection,
  encodeFeatureProjection,
} from "../../../shared/schemas/feature-projection.ts";
import { type DeclaredContract, type EngineName, engineNames } from "../../../shared/schemas/model.ts";
import { countPictures, loadReferenceCases, pictureOf, type ReferenceCase } from "./reference-cases.ts";

/**
 * Tolerance for probabilities, and for values of the order of 1. Half-precision models compute with 11 bits in Keras.
 */
const tolerance = 1e-4;
const halfTolerance = 1e-3;
const halfPrecision = ["half_precision", "mixed_precision"];

const tensorflow = await ensureTensorflow((message) => console.info(message), { retry: false });
if (!tensorflow.installed) console.warn(`TensorFlow's part is skipped: ${tensorflow.explanation}`);
const cases = await loadReferenceCases();

const families = [
  "InceptionV3",
  "Xception",
  "MobileNetV2",
  "MobileNetV3Small",
  "MobileNetV3Large",
  "EfficientNetB0",
  "EfficientNetV2B0",
  "ResNet50",
  "ResNet50V2",
  "DenseNet121",
  "NASNetMobile",
  "VGG16",
  "ConvNeXtTiny",
];

test("there is a reference of every family", () => {
  const names = cases.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(families));
  expect(names.length).toBeGreaterThan(60);
});

test.each(cases)("answers of the reference $name differ from picture to picture", (reference) => {
  expect(reference.outputs.every(Number.isFinite)).toBe(true);
  expect(computeMeanRange(reference)).toBeGreaterThan(0.03);
});

/** What the first engine gave besides the answer, by case. The second one must give the same. */
const tapsByCase = new Map<string, Taps>();
type Taps = Omit<GraphAnswer, "output">;

describe.each(engineNames)("on %s", (engine) => {
  const isInstalled = engine !== "tensorflow" || tensorflow.installed;
  const runnable = cases.filter(({ files }) => runsOn(engine, files.format));

  test.skipIf(!isInstalled).each(runnable)("$name gives Keras's answers", async (reference) => {
    const session = await load(reference, engine);
    try {
      const { difference, taps } = await computeLargestDifference(session, reference);
      console.info(`${reference.name} on ${engine}: ${difference.toExponential(1)}`);
      const limit = halfPrecision.includes(reference.name) ? halfTolerance : tolerance;
      expect(difference).toBeLessThan(limit);
      const before = tapsByCase.get(reference.name) ?? taps;
      tapsByCase.set(reference.name, taps);
      for (const [now, then] of [
        [taps.features, before.features],
        [taps.classMap?.data, before.classMap?.data],
      ]) {
        expect(now?.length).toBe(then?.length);
        if (now && then)
          expect(computeDifference(now, then)).toBeLessThan(limit * Math.max(1, ...then.map(Math.abs)));
      }
    } finally {
      await session.dispose();
    }
  });

  test.skipIf(!isInstalled)("gave features and class maps", () => {
    const taps = [...tapsByCase.values()];
    expect(taps.filter(({ features }) => features !== undefined).length).toBeGreaterThan(20);
    expect(taps.filter(({ classMap }) => classMap !== undefined).length).toBeGreaterThan(5);
  });

  const classifiers = runnable.filter(
    ({ outputShape, outputs }) => outputShape[1] === 4 && sumsToOne(outputs),
  );

  test.skipIf(!isInstalled).each(classifiers)(
    "$name is served, and says what its values are unless they are 0..255",
    async (reference) => {
      const isSigned = reference.inputs.some((value) => value < 0);
      const declared: DeclaredContract = isSigned ? { input: { value_range: [-1, 1] } } : {};
      const predictor = await loadPredictor({ ...reference.files, declared }, { engine });
      try {
        const [, height = 0, width = 0] = reference.inputShape;
        expect(predictor.engine).toBe(engine);
        expect(predictor.contract.input).toMatchObject({ height, width });
        const { input, output } = pictureOf(reference, 1);
        const { probabilities, featureProjection } = await predictor.predict({ data: input, height, width });
        expect(computeDifference(probabilities, normalise(output))).toBeLessThan(tolerance);
        if (featureProjection !== undefined) expectSameProjection(reference.name, featureProjection);
      } finally {
        await predictor.dispose();
      }
    },
  );
});

const projections = new Map<string, Float32Array>();

/** What a record carries must be the same on both engines within 1 %, or within 0.01 where it is small. */
function expectSameProjection(name: string, projection: Float32Array): void {
  const decoded = decodeFeatureProjection(encodeFeatureProjection(projection));
  const before = projections.get(name) ?? decoded;
  projections.set(name, decoded);
  for (const [index, value] of decoded.entries()) {
    const then = before[index] ?? Number.NaN;
    expect(Math.abs(value - then)).toBeLessThan(Math.max(0.01, 0.01 * Math.abs(then)));
  }
}

function runsOn(engine: EngineName, format: ReferenceCase["files"]["format"]): boolean {
  return engine === "onnx" ? format !== "saved_model" : format !== "onnx";
}

async function load({ files }: ReferenceCase, engine: EngineName): Promise<EngineSession> {
  const isCompiled = files.format === "keras" || files.format === "keras_h5";
  const { path: graph } = isCompiled
    ? await compileModel(files, engine)
    : { path: path.join(files.directory, files.path) };
  expect(existsSync(graph)).toBe(true);
  return chooseEngine(files.format, engine, { threads: availableParallelism() }).load(graph);
}

/** The largest difference from the reference answers, and what the engine gave besides the last of them. */
async function computeLargestDifference(session: EngineSession, reference: ReferenceCase) {
  let largest = 0;
  let taps: Taps = {};
  for (let index = 0; index < countPictures(reference); index++) {
    const { input, shape, output } = pictureOf(reference, index);
    const [, height = 0, width = 0, channels = 0] = shape;
    const isFirst = session.input.shape[1] === channels && session.input.shape[3] !== channels;
    const answer = isFirst
      ? await session.run(toChannelsFirst(input, channels), [1, channels, height, width])
      : await session.run(input, shape);
    largest = Math.max(largest, computeDifference(answer.output, output));
    taps = answer;
  }
  return { difference: largest, taps };
}

function toChannelsFirst(pixels: Float32Array, channels: number): Float32Array {
  const count = pixels.length / channels;
  return pixels.map((_, index) => pixels[(index % count) * channels + Math.floor(index / count)] ?? 0);
}

/** NaN when the lengths differ or a value is missing, because NaN is never within a tolerance. */
function computeDifference(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Number.NaN;
  return actual.reduce((largest, value, index) => {
    const difference = Math.abs(value - (expected[index] ?? Number.NaN));
    return Math.max(largest, difference);
  }, 0);
}

/** How far apart the answers to different pictures are, on average over the units. */
function computeMeanRange(reference: ReferenceCase): number {
  const answers = Array.from(
    { length: countPictures(reference) },
    (_, index) => pictureOf(reference, index).output,
  );
  const units = answers[0]?.length ?? 0;
  let sum = 0;
  for (let unit = 0; unit < units; unit++) {
    const values = answers.map((answer) => answer[unit] ?? 0);
    sum += Math.max(...values) - Math.min(...values);
  }
  return sum / units;
}

/** 8-bit probabilities do not sum to 1 exactly; the service's do. */
function normalise(probabilities: Float32Array): Float32Array {
  const sum = probabilities.reduce((total, value) => total + value, 0);
  return probabilities.map((value) => value / sum);
}

function sumsToOne(outputs: Float32Array): boolean {
  return Math.abs((outputs[0] ?? 0) + (outputs[1] ?? 0) + (outputs[2] ?? 0) + (outputs[3] ?? 0) - 1) < 1e-3;
}
