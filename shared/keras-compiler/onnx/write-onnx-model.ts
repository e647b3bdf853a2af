import { dirname, join } from "node:path";
import type { LayerGraph } from "../graph/layer-graph.ts";
import { writeChunks } from "../protobuf/write-chunks.ts";
import { lowerToOnnx } from "./lower-to-onnx.ts";
import { weightsFile } from "./onnx-builder.ts";

/** Writes a layer graph as an ONNX file, and its weights into a file beside it. */
export function writeOnnxModel(path: string, graph: LayerGraph): void {
  const { model, weights } = lowerToOnnx(graph);
  writeChunks(path, model.chunks);
  if (weights.length > 0) writeChunks(join(dirname(path), weightsFile), weights);
}
