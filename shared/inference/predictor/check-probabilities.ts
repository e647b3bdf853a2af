import { ModelError } from "../../errors/model-error.ts";

/** How far a sum of probabilities may be from 1: float16 graphs are less exact than float32 ones. */
const sumTolerance = 5e-3;

/** @throws ModelError unless the numbers are probabilities: finite, 0..1, summing to 1. */
export function assertProbabilities(output: Float32Array): void {
  if (!output.every(Number.isFinite)) {
    throw new ModelError(`The graph answers with numbers that are not finite: ${format(output)}`);
  }
  const sum = output.reduce((total, value) => total + value, 0);
  const inRange = output.every((value) => value >= -sumTolerance && value <= 1 + sumTolerance);
  if (!inRange || Math.abs(sum - 1) > sumTolerance) {
    throw new ModelError(
      `The graph's answer is no probability distribution (sum ${sum.toFixed(4)}: ${format(output)}); end the model with softmax`,
    );
  }
}

function format(output: Float32Array): string {
  const shown = Array.from(output.subarray(0, 4), (value) => value.toPrecision(4)).join(", ");
  return output.length > 4 ? `${shown}, ...` : shown;
}
