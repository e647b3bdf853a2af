import { firstNormalization } from "../graph/first-normalization.ts";
import { LayerGraph } from "../graph/layer-graph.ts";
import type { Pair } from "../graph/operations.ts";
import { simplify } from "../graph/simplify.ts";
import { KerasModelError } from "../keras-model-error.ts";
import { parseReferences } from "./call-arguments.ts";
import { isModel, type KerasObject, parseKerasObject } from "./keras-object.ts";
import { otherWay } from "./other-way.ts";
import { readModel } from "./read-model.ts";
import type { WeightStore } from "./weight-store.ts";

export interface BuildOptions {
  kerasVersion: 2 | 3;
  /** `[height, width]` where the model itself leaves them open. */
  imageSize: Pair | undefined;
}

export interface BuiltGraph {
  graph: LayerGraph;
  /** The part of the graph whose output shows which values the model was trained on, where there is one. */
  firstNormalization: LayerGraph | undefined;
}

/**
 * The simplified layer graph of a model's configuration and weights.
 *
 * @throws KerasModelError that names what is not supported, missing or left over
 */
export function buildGraph(configuration: unknown, store: WeightStore, options: BuildOptions): BuiltGraph {
  const model = parseKerasObject(configuration);
  if (!isModel(model)) {
    throw new KerasModelError(
      `Model class ${model.className} is not supported, Functional and Sequential are; ${otherWay}`,
    );
  }
  const graph = new LayerGraph();
  const outputs = readModel({ graph, integers: new Set(), store, ...options }, model, {
    names: [],
    group: "",
  });
  const names = outputNames(model, outputs.length);
  outputs.forEach((node, index) => {
    graph.addOutput(names[index] ?? `output_${index}`, node);
  });
  assertAllClaimed(store);
  return { graph: simplify(graph), firstNormalization: firstNormalization(graph) };
}

/** Names of the layers that give the outputs, numbered where one layer gives several. */
function outputNames(model: KerasObject, count: number): string[] {
  if (model.className === "Sequential") return ["output"];
  const names = parseReferences(model.config.output_layers).map(
    (reference) => reference.split("/")[0] ?? "output",
  );
  return names
    .map((name, index) => (names.indexOf(name) === index ? name : `${name}_${index}`))
    .slice(0, count);
}

function assertAllClaimed(store: WeightStore): void {
  const unclaimed = store.unclaimed();
  if (unclaimed.length === 0) return;
  const named = unclaimed.slice(0, 3).join(", ");
  throw new KerasModelError(
    `The file holds ${unclaimed.length} weights that belong to no layer, such as ${named}`,
  );
}
