// Stryker disable all: it runs in a process of its own, in which no change is switched on.

/**
 * Program of a process that holds one model: loads it as the service would, reports how that went, then answers
 * pictures.
 */
import { fileURLToPath } from "node:url";
import { type LoadOptions, loadPredictor } from "../../inference/load-predictor.ts";
import type { ModelAnswer, PixelTensor, Predictor } from "../../schemas/model.ts";
import type { LoadAnswer, LoadOrder } from "./model-process-messages.ts";

/** What the process runs: this file, or the part of the bundle that holds it. */
export const programPath = fileURLToPath(import.meta.url);
/** Argument that starts the program; without it the module is only imported, for its path. */
export const programMarker = "answer-with-one-model";

const measuredPasses = 3;
/** A pass that takes longer is measured once. */
const enoughMs = 1_000;

async function load({ files, engine, options }: LoadOrder): Promise<[LoadAnswer, Predictor?]> {
  try {
    // One thread by default: the other processors go on answering requests.
    const predictor = await loadPredictor(files, { threads: 1, ...options, engine } satisfies LoadOptions);
    const { predict, dispose, ...facts } = predictor;
    const inferenceTimeMs = await measureInference(predictor);
    // Node gives kilobytes on every system.
    const peakMemoryMb = process.resourceUsage().maxRSS / 1024;
    return [{ facts, measured: { inferenceTimeMs, peakMemoryMb } }, predictor];
  } catch (error) {
    return [{ problem: reasonOf(error) }];
  }
}

async function measureInference({ contract: { input }, predict }: Predictor): Promise<number> {
  const { width, height } = input;
  const pixels = { width, height, data: new Float32Array(width * height * 3) };
  const times: number[] = [];
  while (times.length < measuredPasses && Math.max(0, ...times) < enoughMs) {
    const startedMs = performance.now();
    await predict(pixels);
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

async function answer(predictor: Predictor, pixels: PixelTensor): Promise<ModelAnswer | { problem: string }> {
  try {
    return await predictor.predict(pixels);
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

if (process.argv[2] === programMarker) {
  process.once("message", async (order: LoadOrder) => {
    const [loaded, predictor] = await load(order);
    process.send?.(loaded, () => {
      if (predictor === undefined) process.exit();
    });
    process.on("message", async (pixels: PixelTensor) => {
      if (predictor !== undefined) process.send?.(await answer(predictor, pixels));
    });
  });
  // Without its parent nobody waits for its answers.
  process.once("disconnect", () => process.exit());
}
