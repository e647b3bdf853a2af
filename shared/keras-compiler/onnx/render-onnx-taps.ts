import { tapNames } from "../graph/tap-names.ts";
import { Message } from "../protobuf/message.ts";
import { createNode } from "./onnx-messages.ts";

/** Tensors of a graph, by name. */
interface TappedTensors {
  features: string;
  /** `[N, channels, height, width]` */
  map: string | undefined;
  weight: string;
  isWeightTransposed: boolean;
  bias: string | undefined;
}

/**
 * Bytes that, appended to an ONNX file, add its taps to the graph's outputs. A message that occurs twice in a protobuf
 * file is merged (protobuf.dev/programming-guides/encoding#last-one-wins), so no part of the file is rewritten.
 */
export function renderOnnxTaps({
  features,
  map,
  weight,
  isWeightTransposed,
  bias,
}: TappedTensors): Uint8Array {
  const graph = new Message().message(1, createNode("Flatten", [features], tapNames.features, { axis: 1 }));
  const outputs: string[] = [tapNames.features];
  if (map !== undefined) {
    const places = "taps/places";
    const kernel = isWeightTransposed ? "taps/kernel" : weight;
    const product = bias === undefined ? tapNames.classMap : "taps/product";
    graph.message(1, createNode("Transpose", [map], places, { perm: [0, 2, 3, 1] }));
    if (isWeightTransposed) graph.message(1, createNode("Transpose", [weight], kernel, { perm: [1, 0] }));
    graph.message(1, createNode("MatMul", [places, kernel], product, {}));
    if (bias !== undefined) graph.message(1, createNode("Add", [product, bias], tapNames.classMap, {}));
    outputs.push(tapNames.classMap);
  }
  const float32 = new Message().message(1, new Message().integer(1, 1));
  for (const name of outputs) graph.message(12, new Message().string(1, name).message(2, float32));
  return new Message().message(7, graph).toBytes();
}
