import { basename } from "node:path";
import type { LayerGraph } from "../graph/layer-graph.ts";
import { writeChunks } from "../protobuf/write-chunks.ts";
import { lowerToOnnx } from "./lower-to-onnx.ts";

/**
 * The file of an ONNX file's weights. It is beside the ONNX file, because ONNX Runtime then maps the weights into
 * memory.
 */
export const weightsPathOf = (path: string) => `${path}.data`;

/** Writes a layer graph as an ONNX file, and its weights into a file beside it. */
export function writeOnnxModel(path: string, graph: LayerGraph): void {
  const weightsPath = weightsPathOf(path);
  const { model, weights } = lowerToOnnx(graph, basename(weightsPath));
  writeChunks(path, model.chunks);
  if (weights.length > 0) writeChunks(weightsPath, weights);
}
