import type { LayerGraph } from "../graph/layer-graph.ts";
import type { Shape } from "../graph/operations.ts";
import { bytesOf, type Chunk, type Message } from "../protobuf/message.ts";
import { AlignedChunks } from "./aligned-chunks.ts";
import {
  type AttributeValue,
  createExternalTensor,
  createModel,
  createNode,
  createTensor,
  createValueInfo,
  dataType,
} from "./onnx-messages.ts";

/** Order of an image's axes. ONNX convolves channels first; Keras describes everything channels last. */
export type Layout = "channels_first" | "channels_last";

const opset = 18;
/** Bytes up to which a tensor is kept inside the graph. */
const largestInnerTensor = 1024;

export interface OnnxModel {
  model: Message;
  /** Content of the file of weights. */
  weights: readonly Chunk[];
}

/**
 * Collects the nodes and tensors of an ONNX graph. Each image value stays in the layout that it was made in, and is
 * transposed once when an operation needs the other.
 */
export class OnnxBuilder {
  readonly #graph: LayerGraph;
  readonly #weightsFile: string;
  readonly #nodes: Message[] = [];
  readonly #tensors: Message[] = [];
  readonly #weights = new AlignedChunks();
  readonly #values = new Map<number, Map<Layout, string>>();
  readonly #integerTensors = new Map<string, string>();
  #count = 0;

  /** @param weightsFile name of the file of weights, which lies beside the graph's */
  constructor(graph: LayerGraph, weightsFile: string) {
    this.#graph = graph;
    this.#weightsFile = weightsFile;
  }

  /** Appends a node with one output and returns the output's name. */
  emit(
    type: string,
    inputs: readonly string[],
    attributes: Record<string, AttributeValue> = {},
    output?: string,
  ): string {
    const name = output ?? `${type}/${this.#count++}`;
    this.#nodes.push(createNode(type, inputs, name, attributes));
    return name;
  }

  /** A float32 constant. */
  floats(values: Float32Array, shape: readonly number[] = [values.length]): string {
    return this.weight(bytesOf(values), shape);
  }

  scalar(value: number): string {
    return this.floats(Float32Array.of(value), []);
  }

  /** Trained float32 values: few go into the graph, many into the file of weights. */
  weight(content: Chunk, shape: readonly number[]): string {
    const name = `tensor/${this.#count++}`;
    const { byteLength } = content;
    if (byteLength <= largestInnerTensor) {
      this.#tensors.push(createTensor(name, dataType.float32, shape, content));
    } else {
      const external = { file: this.#weightsFile, offset: this.#weights.append(content), byteLength };
      this.#tensors.push(createExternalTensor(name, dataType.float32, shape, external));
    }
    return name;
  }

  /** A constant list of int64: shapes, axes, borders. */
  integers(values: readonly number[]): string {
    const key = values.join();
    const known = this.#integerTensors.get(key);
    if (known) return known;
    const name = `tensor/${this.#count++}`;
    const content = bytesOf(BigInt64Array.from(values, BigInt));
    this.#tensors.push(createTensor(name, dataType.int64, [values.length], content));
    this.#integerTensors.set(key, name);
    return name;
  }

  /** Says that `name` holds a node's value; the layout matters for images only. */
  define(node: number, name: string, layout: Layout): void {
    this.#values.set(node, new Map([[layout, name]]));
  }

  /** The layout that a node's value was made in. */
  layoutOf(node: number): Layout {
    const [layout] = this.#values.get(node)?.keys() ?? [];
    if (!layout) throw new RangeError(`Node ${node} is used before it is defined`);
    return layout;
  }

  /** Name of a node's value in a layout. */
  value(node: number, layout: Layout): string {
    const names = this.#values.get(node);
    const made = this.layoutOf(node);
    const isImage = this.#graph.shapeOf(node).length === 4;
    const name = names?.get(isImage ? layout : made);
    if (name !== undefined) return name;
    const converted = this.#convert(names?.get(made) ?? "", this.#graph.shapeOf(node), layout);
    names?.set(layout, converted);
    return converted;
  }

  addInput(node: number, name: string): void {
    this.define(node, name, "channels_last");
  }

  toModel(): OnnxModel {
    const inputs = this.#graph.inputs.map((input) => createValueInfo(input.name, input.shape));
    const outputs = this.#graph.outputs.map(({ name, node }) => {
      this.emit("Identity", [this.value(node, "channels_last")], {}, name);
      return createValueInfo(name, this.#graph.shapeOf(node));
    });
    const parts = { nodes: this.#nodes, tensors: this.#tensors, inputs, outputs };
    return { model: createModel(parts, opset), weights: this.#weights.chunks };
  }

  #convert(name: string, shape: Shape, to: Layout): string {
    const [, height, width, channels = null] = shape;
    if (height === 1 && width === 1 && channels !== null) {
      const order = to === "channels_first" ? [-1, channels, 1, 1] : [-1, 1, 1, channels];
      return this.emit("Reshape", [name, this.integers(order)]);
    }
    return this.emit("Transpose", [name], { perm: to === "channels_first" ? [0, 3, 1, 2] : [0, 2, 3, 1] });
  }
}
