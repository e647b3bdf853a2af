import type { LayerGraph } from "../graph/layer-graph.ts";

/** A layer graph whose weights are read from an open file. */
export interface OpenGraph {
  graph: LayerGraph;
  /** Ends reading; the graph's weights cannot be read afterwards. */
  close(): void;
}
