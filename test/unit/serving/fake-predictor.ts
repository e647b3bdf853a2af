import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../../../shared/errors/model-error.ts";
import type { ModelFiles, Predictor } from "../../../shared/schemas/model.ts";
import { createContract, createPredictor } from "../../support/create-predictor.ts";

export interface FakeEngine {
  loadPredictor(files: ModelFiles): Promise<Predictor>;
  /** Versions loaded, also those that failed, oldest first. */
  loaded: string[];
  /** Versions disposed, oldest first. */
  disposed: string[];
}

/**
 * An engine for which weights are the text of the first probability of two; "broken" cannot be loaded, "failing" loads
 * and fails at every picture.
 */
export function createFakeEngine(): FakeEngine {
  const loaded: string[] = [];
  const disposed: string[] = [];
  return {
    loaded,
    disposed,
    async loadPredictor({ identity, directory, path, declared }) {
      loaded.push(identity.version);
      const weights = await readFile(join(directory, path), "utf8");
      if (weights === "broken") throw new ModelError("its weights are broken");
      const labels = declared.labels ?? ["a", "b"];
      if (labels.length !== 2) throw new ModelError("it distinguishes two classes");
      const probability = Number(weights);
      return createPredictor({
        identity,
        contract: createContract({ labels, input: { height: 1, width: 1 } }),
        predict: async () => {
          if (weights === "failing")
            throw new ModelError(`Version ${identity.version} failed to answer: not finite`);
          return { probabilities: Float32Array.of(probability, 1 - probability) };
        },
        async dispose() {
          disposed.push(identity.version);
        },
      });
    },
  };
}
