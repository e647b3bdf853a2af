import { foldAffine } from "./fold-affine.ts";
import type { LayerGraph } from "./layer-graph.ts";
import { mergePadding } from "./merge-padding.ts";
import { removeUnused } from "./remove-unused.ts";

/** The same model with fewer operations: what runs on the engines. */
export function simplify(graph: LayerGraph): LayerGraph {
  return mergePadding(foldAffine(removeUnused(graph)));
}
