import type { LayerReader } from "../layer-reader.ts";

/** Every operation of keras.ops that can be served, by class name. */
export const operationReaders = new Map<string, LayerReader>([]);
