/** Program of the process that prepares one model: loads it as the service would, says how that went, and ends. */
import type { ModelFiles, Predictor } from "../contracts/model.ts";
import { loadPredictor } from "../inference/load-predictor.ts";
import type { ModelSettings } from "../settings/model.ts";
import type { PreparationAnswer } from "./prepare-model.ts";

interface Preparation {
  files: ModelFiles;
  engine: ModelSettings["engine"];
}

const measuredPasses = 3;

async function prepare({ files, engine }: Preparation): Promise<PreparationAnswer> {
  try {
    // One thread: the other processors go on answering requests.
    const predictor = await loadPredictor(files, { engine, threads: 1 });
    const { contract, contractBy, engine: chosen, loadTimeSeconds } = predictor;
    const inferenceTimeMs = await measureInference(predictor);
    // Of Linux and macOS in kilobytes.
    const peakMemoryMb = process.resourceUsage().maxRSS / 1024;
    return {
      prepared: { contract, contractBy, engine: chosen, loadTimeSeconds, inferenceTimeMs, peakMemoryMb },
    };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function measureInference({ contract: { input }, predict }: Predictor): Promise<number> {
  const { width, height } = input;
  const pixels = { width, height, data: new Float32Array(width * height * 3) };
  const times: number[] = [];
  for (let pass = 0; pass < measuredPasses; pass += 1) {
    const startedMs = performance.now();
    await predict(pixels);
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

process.once("message", async (preparation: Preparation) => {
  process.send?.(await prepare(preparation), () => process.exit());
});
// Nobody waits for the answer of a process whose parent is gone.
process.once("disconnect", () => process.exit());
