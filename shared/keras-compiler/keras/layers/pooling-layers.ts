import type { PoolingMode } from "../../graph/operations.ts";
import { addReduction } from "../formulas.ts";
import { addOperation, type LayerReader, tensorOf } from "../layer-reader.ts";

export function createPoolingReader(mode: PoolingMode): LayerReader {
  return (call) => {
    const size = call.config.pair("pool_size");
    const strides = call.config.pair("strides", size);
    const padding = call.config.oneOf("padding", ["same", "valid"]);
    return addOperation(call, { type: "pooling", mode, size, strides, padding });
  };
}

/** Over height and width (axes 1, 2), or over the places of a sequence (axis 1). */
export function createGlobalPoolingReader(mode: PoolingMode, axes: readonly number[]): LayerReader {
  return (call) => addReduction(call, mode, tensorOf(call), axes, call.config.boolean("keepdims", false));
}
