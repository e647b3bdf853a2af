import { type LayerReader, tensorOf } from "../layer-reader.ts";

/** Between float types only: the graph computes in float32 throughout. */
export const readCast: LayerReader = (call) => {
  call.config.oneOf("dtype", ["float16", "float32", "float64", "bfloat16"]);
  return tensorOf(call);
};
