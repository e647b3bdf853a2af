import { channelsOf } from "./infer-shape.ts";
import type { GraphNode, LayerGraph } from "./layer-graph.ts";
import type { Operation, Shape } from "./operations.ts";
import { copyNode, rewriteGraph } from "./rewrite.ts";
import { tapNames } from "./tap-names.ts";

/**
 * The same model with up to two outputs more, computed in the same forward pass:
 *
 * - `taps/features` `[N, features]`: the input of the last dense layer, where the model ends in one;
 * - `taps/class_map` `[N, height, width, units]`: that layer's answer at each position of the last feature map, where nothing
 *   but a global average and linear layers lies between (class activation mapping, Zhou et al. 2016, with the bias). Its
 *   mean over the positions is the layer's answer.
 *
 * A model of several outputs gets none.
 */
export function addTaps(graph: LayerGraph): LayerGraph {
  const classifier = findClassifier(graph);
  const features = classifier?.inputs[0];
  if (classifier === undefined || features === undefined) return graph;
  const tapped = rewriteGraph(graph, copyNode); // every node keeps its place
  tapped.addOutput(tapNames.features, flatten(tapped, features));
  const pooling = findPooling(graph, classifier);
  if (pooling === undefined) return tapped;
  const classMap = [...pooling.layers, classifier].reduce(
    (input, { operation, name }) => tapped.add(operation, [input], `${name} at each position`),
    pooling.map,
  );
  tapped.addOutput(tapNames.classMap, classMap);
  return tapped;
}

/** Operations that turn the last layer's numbers into probabilities, or leave them as they are. */
const endings: ReadonlySet<Operation["type"]> = new Set(["softmax", "activation", "affine", "reshape"]);

/** The last dense layer, or the convolution that stands for one: over a single pixel. */
function findClassifier(graph: LayerGraph): GraphNode | undefined {
  const [output, ...others] = graph.outputs;
  if (output === undefined || others.length > 0) return undefined;
  let node = graph.node(output.node);
  while (endings.has(node.operation.type)) node = graph.node(node.inputs[0] ?? 0);
  const input = graph.shapeOf(node.inputs[0] ?? 0);
  const isOnePixel = input.slice(1, -1).every((size) => size === 1);
  const isClassifier = node.operation.type === "dense" || node.operation.type === "convolution";
  return isClassifier && isOnePixel ? node : undefined;
}

function flatten(graph: LayerGraph, node: number): number {
  const shape = graph.shapeOf(node);
  if (shape.length === 2) return node;
  return graph.add({ type: "reshape", shape: [null, channelsOf(shape)] }, [node], "features");
}

/** The map whose global average gives the features, and the linear layers between. */
function findPooling(
  graph: LayerGraph,
  classifier: GraphNode,
): { map: number; layers: GraphNode[] } | undefined {
  if (classifier.operation.type !== "dense") return undefined;
  const layers: GraphNode[] = [];
  for (let node = classifier; ; ) {
    const input = node.inputs[0];
    if (input === undefined) return undefined;
    node = graph.node(input);
    const map = node.inputs[0];
    if (map !== undefined && isGlobalAverage(node, graph)) return { map, layers };
    const { type } = node.operation;
    if (type === "affine" || type === "dense") layers.unshift(node);
    else if (type !== "reshape" || !isChannelsAlone(node.shape, graph.shapeOf(map ?? 0))) return undefined;
  }
}

/** Whether both shapes are the same channels of one position, so that the layers behind fit each position of the map. */
function isChannelsAlone(...shapes: [Shape, Shape]): boolean {
  const [before, after] = shapes.map(channelsOf);
  return before === after && shapes.every((shape) => shape.slice(1, -1).every((size) => size === 1));
}

function isGlobalAverage({ operation, inputs, shape: output }: GraphNode, graph: LayerGraph): boolean {
  const shape = graph.shapeOf(inputs[0] ?? 0);
  if (shape.length !== 4) return false;
  if (operation.type === "reduction")
    return operation.mode === "average" && operation.axes.toSorted().join() === "1,2";
  const isAverage = operation.type === "pooling" && operation.mode === "average";
  const isOnePixel = output.slice(1, 3).join() === "1,1"; // a border leaves more, averages of parts of the map
  return isAverage && isOnePixel && operation.size.join() === shape.slice(1, 3).join();
}
