import type { LayerGraph } from "../graph/layer-graph.ts";
import { computeElementCount } from "../graph/weight.ts";
import { bytesOf, type LazyBytes, type Message } from "../protobuf/message.ts";
import {
  attribute,
  createNode,
  createSavedModel,
  createSignature,
  createTensor,
  createTextTensor,
  dataType,
} from "./graph-messages.ts";

/** Trained values that are restored from a checkpoint. */
export interface Variable {
  name: string;
  shape: readonly number[];
  content: LazyBytes;
}

/**
 * Constants of more values than this become variables: inside the graph, large constants cost TensorFlow memory, and
 * seconds of the first run.
 */
const largestConstant = 256;

const float = attribute.type(dataType.float32);

/** Collects the nodes of a TensorFlow graph. */
export class TensorflowBuilder {
  readonly #graph: LayerGraph;
  readonly #nodes: Message[] = [];
  readonly #variables: Variable[] = [];
  readonly #values = new Map<number, string>();
  #count = 0;

  constructor(graph: LayerGraph) {
    this.#graph = graph;
  }

  /** Appends a node on float32 values (attribute T) and returns its name. */
  emit(type: string, inputs: readonly string[], attributes: Record<string, Message> = {}): string {
    return this.#append(type, inputs, { T: float, ...attributes });
  }

  floats(values: Float32Array, shape: readonly number[] = [values.length]): string {
    const bytes = bytesOf(values);
    return this.weight({ byteLength: bytes.byteLength, read: () => bytes }, shape);
  }

  scalar(value: number): string {
    return this.floats(Float32Array.of(value), []);
  }

  /** Trained float32 values: few become a constant, many a variable. */
  weight(content: LazyBytes, shape: readonly number[]): string {
    if (computeElementCount(shape) <= largestConstant) {
      const value = attribute.tensor(createTensor(dataType.float32, shape, content));
      return this.#append("Const", [], { dtype: float, value });
    }
    const name = `variable_${String(this.#variables.length).padStart(6, "0")}`;
    this.#variables.push({ name, shape, content });
    const attributes = { dtype: float, shape: attribute.shape(shape), shared_name: attribute.text(name) };
    const handle = this.#append("VarHandleOp", [], attributes, name);
    return this.#append("ReadVariableOp", [handle], { dtype: float });
  }

  /** A constant of int32: shapes, axes, borders. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    const tensor = createTensor(dataType.int32, shape, bytesOf(Int32Array.from(values)));
    return this.#append("Const", [], {
      dtype: attribute.type(dataType.int32),
      value: attribute.tensor(tensor),
    });
  }

  define(node: number, name: string): void {
    this.#values.set(node, name);
  }

  value(node: number): string {
    const name = this.#values.get(node);
    if (name === undefined) throw new RangeError(`Node ${node} is used before it is defined`);
    return name;
  }

  addInput(node: number): void {
    const shape = attribute.shape(this.#graph.shapeOf(node));
    this.define(node, this.#append("Placeholder", [], { dtype: float, shape }));
  }

  toSavedModel(): { model: Message; variables: readonly Variable[] } {
    const inputs = this.#graph.inputs.map(({ id, name, shape }) => ({ name, node: this.value(id), shape }));
    const outputs = this.#graph.outputs.map(({ name, node }) => ({
      name,
      node: this.value(node),
      shape: this.#graph.shapeOf(node),
    }));
    const saver = this.#variables.length > 0 ? this.#addSaver() : undefined;
    const signature = createSignature(inputs, outputs);
    return { model: createSavedModel({ nodes: this.#nodes, signature, saver }), variables: this.#variables };
  }

  /** The nodes that fill the variables from a checkpoint. */
  #addSaver(): { path: string; restore: string } {
    const text = attribute.type(dataType.string);
    const path = this.#append("Placeholder", [], { dtype: text, shape: attribute.shape([]) });
    const names = this.#variables.map((variable) => variable.name);
    const wholeVariables = names.map(() => "");
    const [nameList, sliceList] = [names, wholeVariables].map((values) =>
      this.#append("Const", [], { dtype: text, value: attribute.tensor(createTextTensor(values)) }),
    ) as [string, string];
    const types = attribute.types(names.map(() => dataType.float32));
    const restored = this.#append("RestoreV2", [path, nameList, sliceList], { dtypes: types });
    const assignments = names.map((name, index) =>
      this.#append("AssignVariableOp", [name, `${restored}:${index}`], { dtype: float }),
    );
    const restore = this.#append(
      "NoOp",
      assignments.map((assignment) => `^${assignment}`),
      {},
    );
    return { path, restore };
  }

  #append(
    type: string,
    inputs: readonly string[],
    attributes: Record<string, Message>,
    name?: string,
  ): string {
    const unique = name ?? `${type}_${this.#count++}`;
    this.#nodes.push(createNode(type, inputs, unique, attributes));
    return unique;
  }
}
