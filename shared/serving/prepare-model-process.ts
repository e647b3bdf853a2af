/** Program of the process that prepares one model: loads it as the service would, says how that went, and ends. */
import type { ModelFiles } from "../contracts/model.ts";
import { loadPredictor } from "../inference/load-predictor.ts";
import type { ModelSettings } from "../settings/model.ts";
import type { PreparationAnswer } from "./prepare-model.ts";

interface Preparation {
  files: ModelFiles;
  engine: ModelSettings["engine"];
}

async function prepare({ files, engine }: Preparation): Promise<PreparationAnswer> {
  try {
    // One thread: the other processors go on answering requests.
    const predictor = await loadPredictor(files, { engine, threads: 1 });
    const { contract, contractBy, loadTimeSeconds } = predictor;
    return { prepared: { contract, contractBy, engine: predictor.engine, loadTimeSeconds } };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

process.once("message", async (preparation: Preparation) => {
  process.send?.(await prepare(preparation), () => process.exit());
});
// Nobody waits for the answer of a process whose parent is gone.
process.once("disconnect", () => process.exit());
