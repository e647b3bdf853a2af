import { formatShape } from "../graph/infer-shape.ts";
import type { Weight } from "../graph/weight.ts";
import { KerasModelError } from "../keras-model-error.ts";

/** Weights of one layer, taken one after another in Keras's order. */
export class LayerWeights {
  readonly #weights: readonly Weight[];
  readonly #layer: string;
  #taken = 0;

  constructor(weights: readonly Weight[], layer: string) {
    this.#weights = weights;
    this.#layer = layer;
  }

  /**
   * The next weight.
   *
   * @throws KerasModelError when it is missing or has another shape
   */
  take(name: string, shape: readonly number[]): Weight {
    const weight = this.#weights[this.#taken];
    if (!weight) {
      throw new KerasModelError(`Weight ${name} ${formatShape(shape)} of layer ${this.#layer} is missing`);
    }
    if (weight.shape.join() !== shape.join()) {
      throw new KerasModelError(
        `Expected ${formatShape(shape)} for weight ${name} of layer ${this.#layer} but received ${formatShape(weight.shape)}`,
      );
    }
    this.#taken++;
    return weight;
  }

  /** The next weight's values, for the small ones. */
  read(name: string, shape: readonly number[]): Float32Array {
    return this.take(name, shape).read();
  }

  /** How many weights are left. */
  get remaining(): number {
    return this.#weights.length - this.#taken;
  }

  /** Leaves out the remaining weights, which no answer depends on. */
  skipRest(): void {
    this.#taken = this.#weights.length;
  }

  /** @throws KerasModelError when the file holds more weights than the layer has. */
  assertAllTaken(): void {
    if (this.remaining > 0) {
      throw new KerasModelError(
        `Layer ${this.#layer} has ${this.#taken} weights but the file holds ${this.#weights.length}`,
      );
    }
  }
}
