import { addActivation } from "../activations.ts";
import { inputChannels, type LayerReader, tensorOf } from "../layer-reader.ts";

export const readDense: LayerReader = (call) => {
  const { config, weights } = call;
  const units = config.number("units");
  const kernel = weights.take("kernel", [inputChannels(call), units]);
  const bias = config.boolean("use_bias") ? { bias: weights.read("bias", [units]) } : {};
  const output = call.graph.add({ type: "dense", kernel, ...bias }, [tensorOf(call)], call.name);
  return addActivation(call, output, config.raw("activation"));
};
