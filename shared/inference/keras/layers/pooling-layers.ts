import type { PoolingMode } from "../../graph/operations.ts";
import { addOperation, type LayerReader } from "../layer-reader.ts";

export function createPoolingReader(mode: PoolingMode): LayerReader {
  return (call) => {
    const size = call.config.pair("pool_size");
    const strides = call.config.pair("strides", size);
    const padding = call.config.oneOf("padding", ["same", "valid"]);
    return addOperation(call, { type: "pooling", mode, size, strides, padding });
  };
}

export function createGlobalPoolingReader(mode: PoolingMode): LayerReader {
  return (call) => {
    const keepDimensions = call.config.boolean("keepdims", false);
    return addOperation(call, { type: "global_pooling", mode, keepDimensions });
  };
}
