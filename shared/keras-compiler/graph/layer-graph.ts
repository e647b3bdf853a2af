import { inferShape } from "./infer-shape.ts";
import type { Operation, Shape } from "./operations.ts";

export type GraphNode<Kind extends Operation = Operation> = {
  /** Position in the graph; a node's inputs come before it. */
  readonly id: number;
  /** Name of the layer it came from, for messages. */
  readonly name: string;
  readonly operation: Kind;
  readonly inputs: readonly number[];
  readonly shape: Shape;
};

export interface GraphOutput {
  name: string;
  node: number;
}

/** A model as a list of operations in the order they run. Every size is known except the batch. */
export class LayerGraph {
  readonly nodes: GraphNode[] = [];
  readonly outputs: GraphOutput[] = [];

  addInput(name: string, shape: Shape): number {
    return this.#append({ type: "input" }, [], name, shape);
  }

  /**
   * Appends an operation on earlier nodes and returns its node.
   *
   * @throws KerasModelError when the shapes do not fit
   */
  add(operation: Operation, inputs: readonly number[], name: string): number {
    const shapes = inputs.map((input) => this.shapeOf(input));
    return this.#append(operation, inputs, name, inferShape(operation, shapes, name));
  }

  addOutput(name: string, node: number): void {
    this.outputs.push({ name, node });
  }

  node(id: number): GraphNode {
    const node = this.nodes[id];
    if (!node) throw new RangeError(`Expected a node of the graph but received ${id}`);
    return node;
  }

  shapeOf(id: number): Shape {
    return this.node(id).shape;
  }

  get inputs(): GraphNode[] {
    return this.nodes.filter((node) => node.operation.type === "input");
  }

  #append(operation: Operation, inputs: readonly number[], name: string, shape: Shape): number {
    const id = this.nodes.length;
    this.nodes.push({ id, name, operation, inputs, shape });
    return id;
  }
}
