import { join } from "node:path";
import type { LayerGraph } from "./graph/layer-graph.ts";
import { writeOnnxModel } from "./onnx/write-onnx-model.ts";
import { writeSavedModel } from "./tensorflow/write-saved-model.ts";

/** Who runs the graph: ONNX Runtime, or TensorFlow. */
export type EngineName = "onnx" | "tensorflow";

const graphPath: Record<EngineName, string> = { onnx: "model.onnx", tensorflow: "." };

/** Where a compiled graph lies in its folder: what the engine loads. */
export function graphPathIn(folder: string, engine: EngineName): string {
  return join(folder, graphPath[engine]);
}

/** Writes a layer graph for an engine into an existing folder and returns the path the engine loads. */
export function writeGraph(folder: string, graph: LayerGraph, engine: EngineName): string {
  const path = graphPathIn(folder, engine);
  if (engine === "tensorflow") writeSavedModel(path, graph);
  else writeOnnxModel(path, graph);
  return path;
}
