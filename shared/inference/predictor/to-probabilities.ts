import { ModelError } from "../../errors/model-error.ts";
import type { Activation } from "./choose-activation.ts";

/**
 * How far a sum of probabilities may be from 1, and one of them beyond 0 or 1: graphs quantised to 8 bits round each of
 * four by up to 1/512.
 */
const sumTolerance = 0.01;

export interface AnswerForm {
  /** What still has to be applied to the graph's numbers. */
  activation: Activation;
  /** Each number is a probability of its own. */
  isMultiLabel: boolean;
}

/**
 * The probability of each class, 0..1, from what a graph answers. A single number is the probability of the second class, as
 * from a two-class classifier that ends in one sigmoid unit.
 *
 * @throws ModelError unless the numbers are probabilities: finite, 0..1 but for rounding, and summing to 1 unless each stands alone
 */
export function toProbabilities(
  output: Float32Array,
  { activation, isMultiLabel }: AnswerForm,
): Float32Array {
  if (!output.every(Number.isFinite)) {
    throw new ModelError(`The graph answers with numbers that are not finite: ${format(output)}`);
  }
  const activated = activate(output, activation);
  const [only = Number.NaN] = activated;
  const probabilities = activated.length === 1 ? Float32Array.of(1 - only, only) : activated;
  assertProbabilities(probabilities, isMultiLabel);
  return probabilities.map((value) => Math.min(Math.max(value, 0), 1));
}

function activate(output: Float32Array, activation: Activation): Float32Array {
  if (activation === "none") return output;
  if (activation === "sigmoid") return output.map((logit) => 1 / (1 + Math.exp(-logit)));
  const highest = output.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(output, (logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Float32Array.from(powers, (power) => power / sum);
}

function assertProbabilities(output: Float32Array, isMultiLabel: boolean): void {
  const sum = output.reduce((total, value) => total + value, 0);
  const inRange = output.every((value) => value >= -sumTolerance && value <= 1 + sumTolerance);
  if (inRange && (isMultiLabel || Math.abs(sum - 1) <= sumTolerance)) return;
  const expected = isMultiLabel
    ? "not a list of probabilities"
    : `not a probability distribution (sum ${sum.toFixed(4)})`;
  throw new ModelError(
    `The graph's answer is ${expected}: ${format(output)}; end the model with softmax, in PyTorch by nn.Sequential(model, nn.Softmax(dim=1)) before the export, ` +
      'or declare what its numbers lack: metadata={"activation": "softmax"}',
  );
}

function format(output: Float32Array): string {
  const shown = Array.from(output.subarray(0, 4), (value) => value.toPrecision(4)).join(", ");
  return output.length > 4 ? `${shown}, ...` : shown;
}
