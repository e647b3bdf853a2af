/** Program of the process that prepares one model: loads it as the service would, checks it, and ends. */

import type { ModelFiles } from "../contracts/model.ts";
import { loadPredictor } from "../inference/load-predictor.ts";
import type { ModelSettings } from "../settings/model.ts";
import type { PreparationAnswer } from "./prepare-model.ts";
import { checkPredictor } from "./self-check.ts";

interface Preparation {
  files: ModelFiles;
  engine: ModelSettings["engine"];
}

process.once("message", async ({ files, engine }: Preparation) => {
  const answer: PreparationAnswer = {};
  try {
    const predictor = await loadPredictor(files, { engine });
    await checkPredictor(predictor);
  } catch (error) {
    answer.problem = error instanceof Error ? error.message : String(error);
  }
  process.send?.(answer, () => process.exit());
});
