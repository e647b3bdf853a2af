import { createWeight, type Weight } from "../../graph/weight.ts";
import type { LayerPath, WeightStore } from "../../keras/weight-store.ts";

/** Settings as Keras 3 writes them, as far as they are read. */
export type Config = Record<string, unknown>;

export const kerasTensor = (layer: string, call = 0, output = 0) => ({
  class_name: "__keras_tensor__",
  config: { keras_history: [layer, call, output] },
});

export function layer(
  className: string,
  name: string,
  config: Config,
  inputs: unknown[] = [],
  kwargs: Config = {},
) {
  return {
    module: "keras.layers",
    class_name: className,
    registered_name: null as string | null,
    name,
    config: { name, dtype: "float32", ...config },
    inbound_nodes: inputs.length === 0 ? [] : [{ args: inputs, kwargs }],
  };
}

export const inputLayer = (shape: (number | null)[] = [null, 6, 6, 2]) =>
  layer("InputLayer", "image", { batch_shape: shape });

export const convolutionConfig = {
  filters: 3,
  kernel_size: [3, 3],
  strides: [1, 1],
  padding: "same",
  data_format: "channels_last",
  dilation_rate: [1, 1],
  groups: 1,
  activation: "linear",
  use_bias: true,
};

/** A Functional model of layers whose last one gives the output. */
export function functional(layers: ReturnType<typeof layer>[], output = layers.at(-1)?.name ?? "", call = 0) {
  return {
    module: "keras.src.models.functional",
    class_name: "Functional",
    registered_name: "Functional",
    config: {
      name: "functional",
      layers,
      input_layers: [["image", 0, 0]],
      output_layers: [[output, call, 0]],
    },
  };
}

/** Weights by group, in memory. */
export function createStore(groups: Record<string, number[][]>): WeightStore {
  const claimed = new Set<string>();
  return {
    weightsOf({ group }: LayerPath): Weight[] {
      claimed.add(group);
      return (groups[group] ?? []).map(createZeroWeight);
    },
    unclaimed: () => Object.keys(groups).filter((group) => !claimed.has(group)),
  };
}

function createZeroWeight(shape: number[]): Weight {
  return createWeight(shape, new Float32Array(shape.reduce((product, size) => product * size, 1)));
}
