import type { Weight } from "../graph/weight.ts";

/** Where a layer stands in its model. Each of the two formats finds a layer's weights by another part of this. */
export interface LayerPath {
  /** Names of the models around it and its own, outermost first. */
  names: readonly string[];
  /** Group of a `.keras` file's weights: `layers/functional/layers/conv2d_1`. */
  group: string;
}

/** The trained values of a model's file. */
export interface WeightStore {
  /** Weights of a layer in the order of Keras; `parts` are the layers inside it that hold them, if any. */
  weightsOf(path: LayerPath, parts?: readonly string[]): Weight[];
  /** Names of the weights that no layer asked for. */
  unclaimed(): string[];
}
