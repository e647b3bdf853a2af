/** One operation of a graph that an engine loads. */
export interface GraphOperation {
  type: string;
  inputs: string[];
  /** Name of the function it calls, if it calls one. */
  calls?: string | undefined;
  /** Its attributes that are one number; of ONNX operations alone. */
  attributes?: Record<string, number>;
}

/** A graph, or the body of a function, as far as its ending is read: tensors by name, and what makes them. */
export interface OperationGraph {
  /** What makes a tensor, and as its how many-th result. */
  producers: Map<string, { operation: GraphOperation; index: number }>;
  /** Weights and other fixed tensors. */
  constants: Set<string>;
  /** Names of the inputs, in order. */
  inputs: string[];
  /** Tensors that are the outputs, in order. */
  outputs: string[];
}

export interface ModelGraph {
  main: OperationGraph;
  functions: Map<string, OperationGraph>;
}

export const createOperationGraph = (): OperationGraph => ({
  producers: new Map(),
  constants: new Set(),
  inputs: [],
  outputs: [],
});
