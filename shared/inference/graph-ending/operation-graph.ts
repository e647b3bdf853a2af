/** One operation of a graph that an engine loads. */
export interface GraphOperation {
  type: string;
  inputs: string[];
  /** Name of the function it calls, if it calls one. */
  calls?: string | undefined;
  /** Its attributes that are one number; only ONNX operations have them here. */
  attributes?: Record<string, number>;
  /** Its attributes that are a few whole numbers, likewise. */
  lists?: Record<string, number[]>;
}

/** A graph, or the body of a function, as far as finding its ending needs it: tensors by name, and what makes them. */
export interface OperationGraph {
  /** The operation that makes a tensor, and which of its results the tensor is. */
  producers: Map<string, { operation: GraphOperation; index: number }>;
  /** Weights and other fixed tensors. */
  constants: Set<string>;
  /** Those of them that are a few whole numbers of 64 bits; only ONNX graphs have them here. */
  lists: Map<string, number[]>;
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
  lists: new Map(),
  inputs: [],
  outputs: [],
});
