import type { Predictor } from "../contracts/model.ts";
import { ModelError } from "../errors/model-error.ts";

const sumTolerance = 1e-3;

/**
 * Asks a freshly loaded predictor for the answer to a grey picture, before any request gets it.
 *
 * @throws ModelError when the answer is not one probability a label, summing to 1
 */
export async function checkPredictor(predictor: Predictor): Promise<void> {
  const { input, labels } = predictor.contract;
  const [low, high] = input.value_range;
  const data = new Float32Array(input.height * input.width * input.channels).fill((low + high) / 2);
  const probabilities = await predictor.predict({ data, height: input.height, width: input.width });

  const { name, version } = predictor.identity;
  if (probabilities.length !== labels.length) {
    throw new ModelError(
      `${name}/${version}: Expected ${labels.length} probabilities (${labels.join(", ")}) but received ${probabilities.length}`,
    );
  }
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  if (!(Math.abs(sum - 1) < sumTolerance) || probabilities.some((probability) => !(probability >= 0))) {
    throw new ModelError(
      `${name}/${version}: Expected probabilities that sum to 1 but received ${[...probabilities].join(", ")} for a grey picture`,
    );
  }
}
