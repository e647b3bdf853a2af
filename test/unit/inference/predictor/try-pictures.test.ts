import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Normalization } from "../../../../shared/image/preprocessing/normalize-values.ts";
import type { EngineSession } from "../../../../shared/inference/engines/inference-engine.ts";
import type { GraphFacts } from "../../../../shared/inference/graph-ending/find-ending.ts";
import type { ImageInput } from "../../../../shared/inference/predictor/image-input.ts";
import {
  assertRepeatable,
  ChangedGraphError,
  runTrial,
} from "../../../../shared/inference/predictor/try-pictures.ts";

const input: ImageInput = { layout: "channels_last", height: 2, width: 2 };
const normalization: Normalization = {
  value_range: [0, 255],
  channel_order: "rgb",
  mean: [0, 0, 0],
  std: [1, 1, 1],
};

let facts: GraphFacts | undefined;
let features: Float32Array | undefined;
beforeEach(() => {
  facts = { ending: "softmax", hasConvolution: true };
  features = undefined;
});

/** Answers with numbers of its own for every run. */
function createSession(answer: (run: number) => number[]): EngineSession {
  let runs = 0;
  return {
    input: { name: "image", shape: [null, 2, 2, 3] },
    output: { name: "answer", shape: [null, 2] },
    hasClassMap: false,
    readFacts: () => facts,
    run: async () => ({ output: Float32Array.from(answer(runs++)), ...(features && { features }) }),
    dispose: async () => {},
  };
}

async function tryAgain(session: EngineSession): Promise<void> {
  const { answers } = await runTrial(session, input, normalization);
  await assertRepeatable(session, input, normalization, answers);
}

test("a graph that answers at random is refused with how to export it", async () => {
  const session = createSession((run) => [0.5 + run / 100, 0.5 - run / 100]);
  await expect(tryAgain(session)).rejects.toThrow("model.eval()");
});

test("the last digits of an answer may change, of large numbers as well", async () => {
  await expect(
    tryAgain(createSession((run) => [0.5 + run * 1e-6, 400 + run / 1000])),
  ).resolves.toBeUndefined();
});

describe("a graph in a folder of its own", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "trial-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Loads the graph once, and counts the pictures that it was tried with. */
  async function load(answer: (run: number) => number[], values = normalization) {
    let runs = 0;
    const session = createSession((run) => {
      runs += 1;
      return answer(run);
    });
    const { answers, facts } = await runTrial(session, input, values, folder);
    return { runs, facts, outputs: answers.map(({ name, output }) => [name, ...output]) };
  }

  const ofPicture = (run: number) => [0.25 * run, 1 - 0.25 * run];

  test("is tried with the photograph alone once it has answered every picture", async () => {
    const { runs, outputs } = await load(ofPicture);
    expect(runs).toBe(4);
    expect(outputs).toEqual([
      ["photograph", 0, 1],
      ["black picture", 0.25, 0.75],
      ["white picture", 0.5, 0.5],
      ["picture of noise", 0.75, 0.25],
    ]);
    expect(await load(ofPicture)).toEqual({
      runs: 1,
      facts: { ending: "softmax", hasConvolution: true },
      outputs,
    });
  });

  test("is tried with every picture again when other values are meant", async () => {
    await load(ofPicture);
    expect((await load((run) => [0.1, run], { ...normalization, value_range: [-1, 1] })).runs).toBe(4);
  });

  test("is called damaged when it answers the photograph differently, or has other features", async () => {
    await load(ofPicture);
    await expect(load((run) => [0.1, run])).rejects.toThrow(ChangedGraphError);
    features = Float32Array.of(1);
    await expect(load(ofPicture)).rejects.toThrow(folder);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    features = Float32Array.of(100, 0);
    await load(ofPicture);
    features = Float32Array.of(100, 0.01);
    expect((await load(ofPicture)).runs).toBe(1);
    features = Float32Array.of(100, 0.2);
    await expect(load(ofPicture)).rejects.toThrow(ChangedGraphError);
  });

  test("keeps answers exactly, since a certainty is judged by its logarithm", async () => {
    const almostSure = Math.fround(0.9999998);
    const { outputs } = await load(() => [almostSure, Math.fround(1 - almostSure)]);
    expect((await load(() => [almostSure, Math.fround(1 - almostSure)])).outputs).toEqual(outputs);
    expect(outputs[1]).toEqual(["black picture", almostSure, Math.fround(1 - almostSure)]);
  });

  test("keeps nothing while its operations cannot be read", async () => {
    facts = undefined;
    expect((await load(ofPicture)).facts).toEqual({ ending: "unknown", hasConvolution: false });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("keeps no answers that are no numbers", async () => {
    await load((run) => [Number.NaN, run]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is served from a folder that cannot be written to", async () => {
    rmSync(folder, { recursive: true });
    expect((await load(ofPicture)).runs).toBe(4);
  });
});
