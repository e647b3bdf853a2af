import type { LayerGraph } from "./graph/layer-graph.ts";
import { writeOnnxModel } from "./onnx/write-onnx-model.ts";
import { writeSavedModel } from "./tensorflow/write-saved-model.ts";

/** Whether a path names an ONNX file; any other names the folder of a SavedModel. */
export const isOnnxPath = (path: string) => /\.onnx$/i.test(path);

/** Writes a layer graph as an ONNX file (`.onnx`), or as a SavedModel into an existing folder. */
export function writeGraph(path: string, graph: LayerGraph): void {
  if (isOnnxPath(path)) writeOnnxModel(path, graph);
  else writeSavedModel(path, graph);
}
