import { basename } from "node:path";
import type { LayerGraph } from "../graph/layer-graph.ts";
import { writeChunks } from "../protobuf/write-chunks.ts";
import { lowerToOnnx } from "./lower-to-onnx.ts";

/** Where the weights of an ONNX file lie: beside it, because ONNX Runtime then maps them into memory. */
export const weightsPathOf = (path: string) => `${path}.data`;

/** Writes a layer graph as an ONNX file, and its weights into a file beside it. */
export function writeOnnxModel(path: string, graph: LayerGraph): void {
  const weightsPath = weightsPathOf(path);
  const { model, weights } = lowerToOnnx(graph, basename(weightsPath));
  writeChunks(path, model.chunks);
  if (weights.length > 0) writeChunks(weightsPath, weights);
}
