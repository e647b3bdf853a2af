import { expect, test } from "vitest";
import type { Normalization } from "../../../../shared/image/preprocessing/normalize-values.ts";
import type { EngineSession } from "../../../../shared/inference/engines/inference-engine.ts";
import type { ImageInput } from "../../../../shared/inference/predictor/image-input.ts";
import { assertRepeatable, runTrial } from "../../../../shared/inference/predictor/try-pictures.ts";

const input: ImageInput = { layout: "channels_last", height: 2, width: 2 };
const normalization: Normalization = {
  value_range: [0, 255],
  channel_order: "rgb",
  mean: [0, 0, 0],
  std: [1, 1, 1],
};

/** Answers with numbers of its own for every run. */
function createSession(answer: (run: number) => number[]): EngineSession {
  let runs = 0;
  return {
    input: { name: "image", shape: [null, 2, 2, 3] },
    output: { name: "answer", shape: [null, 2] },
    hasClassMap: false,
    facts: { ending: "softmax", hasConvolution: true },
    run: async () => ({ output: Float32Array.from(answer(runs++)) }),
    dispose: async () => {},
  };
}

async function tryAgain(session: EngineSession): Promise<void> {
  const answers = await runTrial(session, input, normalization);
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
