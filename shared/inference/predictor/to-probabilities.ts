import { ModelError } from "../../errors/model-error.ts";

/** How far a sum of probabilities may be from 1: graphs quantised to 8 bits round each of four by up to 1/512. */
const sumTolerance = 0.01;

/**
 * The probability of each class from what a graph answers. A single number is the second class's probability: so
 * answers a classifier of two classes that ends in one sigmoid unit.
 * @throws ModelError unless the numbers are probabilities: finite, 0..1, summing to 1.
 */
export function toProbabilities(output: Float32Array): Float32Array {
  const [only = Number.NaN] = output;
  const probabilities = output.length === 1 ? Float32Array.of(1 - only, only) : output;
  assertProbabilities(probabilities);
  return probabilities;
}

function assertProbabilities(output: Float32Array): void {
  if (!output.every(Number.isFinite)) {
    throw new ModelError(`The graph answers with numbers that are not finite: ${format(output)}`);
  }
  const sum = output.reduce((total, value) => total + value, 0);
  const inRange = output.every((value) => value >= -sumTolerance && value <= 1 + sumTolerance);
  if (!inRange || Math.abs(sum - 1) > sumTolerance) {
    throw new ModelError(
      `The graph's answer is no probability distribution (sum ${sum.toFixed(4)}: ${format(output)}); end the model with softmax, in PyTorch by nn.Sequential(model, nn.Softmax(dim=1)) before the export`,
    );
  }
}

function format(output: Float32Array): string {
  const shown = Array.from(output.subarray(0, 4), (value) => value.toPrecision(4)).join(", ");
  return output.length > 4 ? `${shown}, ...` : shown;
}
