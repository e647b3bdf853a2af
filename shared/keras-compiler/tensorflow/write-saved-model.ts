import { join } from "node:path";
import type { LayerGraph } from "../graph/layer-graph.ts";
import { writeChunks } from "../protobuf/write-chunks.ts";
import { lowerToTensorflow } from "./lower-to-tensorflow.ts";
import { writeCheckpoint } from "./write-checkpoint.ts";

/** Writes a layer graph as a SavedModel into an existing folder. */
export function writeSavedModel(folder: string, graph: LayerGraph): void {
  const { model, variables } = lowerToTensorflow(graph);
  writeChunks(join(folder, "saved_model.pb"), model.chunks);
  if (variables.length > 0) writeCheckpoint(join(folder, "variables"), variables);
}
