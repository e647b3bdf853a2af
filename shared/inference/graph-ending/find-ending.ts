import type { ModelGraph, OperationGraph } from "./operation-graph.ts";

/** How a graph makes its last numbers: `unknown` where its last operations do not show it. */
export const endings = ["softmax", "sigmoid", "log_softmax", "logits", "unknown"] as const;
export type Ending = (typeof endings)[number];
type Kind = Ending | "constant";

interface Scope {
  graph: OperationGraph;
  /** Where the function was called, for a function's body: its inputs are made there. */
  caller: { scope: Scope; inputs: readonly string[] } | undefined;
}

const named: Record<string, Kind> = {
  Softmax: "softmax",
  QLinearSoftmax: "softmax",
  LogSoftmax: "log_softmax",
  Sigmoid: "sigmoid",
  QLinearSigmoid: "sigmoid",
  HardSigmoid: "sigmoid",
};

const set = (names: string) => new Set(names.split(" "));

/** Operations that leave the numbers as they are. */
const passing = set(
  "Identity Reshape Squeeze Unsqueeze ExpandDims Flatten Cast Transpose Dropout QuantizeLinear DequantizeLinear StopGradient EnsureShape",
);
/** Sums of products with weights, whose results have no bounds. */
const linear = set(
  "MatMul Gemm Conv Einsum BatchMatMul BatchMatMulV2 Conv2D DepthwiseConv2dNative MatMulInteger ConvInteger QLinearMatMul QLinearConv QGemm FusedMatMul FusedConv",
);
/** Operations that keep logits logits: shifts, scales, means. */
const keeping = set(
  "Add AddV2 BiasAdd AddN Sum Sub Mul Div RealDiv Mean Neg ReduceMean ReduceSum GlobalAveragePool AveragePool AvgPool BatchNormalization FusedBatchNormV3 QLinearAdd QLinearMul",
);
const joining = set("Concat ConcatV2");

/** Far deeper than the end of any model: an operation beyond it does not count. */
const deepest = 60;

/** What a graph's operations show. */
export interface GraphFacts {
  ending: Ending;
  hasConvolution: boolean;
}

/** Facts of a graph that an engine has loaded; undefined for one that an engine can load, but this cannot read. */
export function readGraphFacts(readGraph: () => ModelGraph): GraphFacts | undefined {
  try {
    const graph = readGraph();
    return { ending: findEnding(graph), hasConvolution: hasConvolution(graph) };
  } catch {
    return undefined;
  }
}

function hasConvolution({ main, functions }: ModelGraph): boolean {
  return [main, ...functions.values()].some(({ producers }) =>
    [...producers.values()].some(({ operation }) => /Conv/.test(operation.type)),
  );
}

/**
 * Reads from a graph's last operations whether its numbers are probabilities. The answer to one picture cannot show it:
 * four logits may sum to 1 by chance, and one logit often lies between 0 and 1.
 */
export function findEnding({ main, functions }: ModelGraph): Ending {
  const kinds = new Map<Scope, Map<string, Kind>>();
  const [output, ...others] = main.outputs;
  if (output === undefined || others.length > 0) return "unknown";
  const kind = kindOf(output, { graph: main, caller: undefined }, 0);
  return kind === "constant" ? "unknown" : kind;

  function kindOf(tensor: string, scope: Scope, depth: number): Kind {
    const known = kinds.get(scope) ?? new Map<string, Kind>();
    kinds.set(scope, known);
    const kind = known.get(tensor) ?? (depth > deepest ? "unknown" : findKind(tensor, scope, depth + 1));
    known.set(tensor, kind);
    return kind;
  }

  function findKind(tensor: string, scope: Scope, depth: number): Kind {
    const { graph, caller } = scope;
    const name = nameOf(tensor, graph);
    if (graph.constants.has(name)) return "constant";
    const argument = graph.inputs.indexOf(name);
    if (argument >= 0) {
      const given = caller?.inputs[argument];
      return caller === undefined || given === undefined ? "unknown" : kindOf(given, caller.scope, depth);
    }
    const producer = graph.producers.get(name);
    if (producer === undefined) return "unknown";
    const { type, inputs, calls } = producer.operation;
    const called = calls === undefined ? undefined : functions.get(calls);
    if (called !== undefined) {
      const result = called.outputs[producer.index + indexOf(tensor, name)];
      const body = { graph: called, caller: { scope, inputs } };
      return result === undefined ? "unknown" : kindOf(result, body, depth);
    }
    return kindOfOperation(type, inputs, scope, depth);
  }

  function kindOfOperation(type: string, inputs: readonly string[], scope: Scope, depth: number): Kind {
    const kindAt = (index: number) => kindOf(inputs[index] ?? "", scope, depth);
    if (named[type] !== undefined) return named[type];
    if (passing.has(type)) return kindAt(0);
    if (type === "Exp") return kindAt(0) === "log_softmax" ? "softmax" : "unknown";
    if (type === "Log") return kindAt(0) === "softmax" ? "log_softmax" : "unknown";
    if (isSoftmaxByHand(type, inputs, scope.graph)) return "softmax";
    if (linear.has(type)) return inputs.some((_, index) => isBounded(kindAt(index))) ? "unknown" : "logits";
    if (!keeping.has(type) && !joining.has(type)) return "unknown";
    const made = inputs.map((_, index) => kindAt(index)).filter((kind) => kind !== "constant");
    const [first] = made;
    if (first === undefined) return "constant";
    const isOneKind = made.every((kind) => kind === first);
    if (isOneKind && first === "logits") return "logits";
    return isOneKind && first === "sigmoid" && joining.has(type) ? "sigmoid" : "unknown";
  }
}

const isBounded = (kind: Kind) => kind === "softmax" || kind === "sigmoid";

/** `exp(x) / sum(exp(x))`, as some exporters write it. */
function isSoftmaxByHand(type: string, [above, below]: readonly string[], graph: OperationGraph): boolean {
  if (type !== "Div" && type !== "RealDiv") return false;
  const operationOf = (tensor = "") => graph.producers.get(nameOf(tensor, graph))?.operation;
  const sum = operationOf(below);
  return (
    operationOf(above)?.type === "Exp" &&
    (sum?.type === "ReduceSum" || sum?.type === "Sum") &&
    sum.inputs[0] === above
  );
}

/** ONNX tensors have names of their own; TensorFlow's are `node`, `node:1` or `node:output:1`. */
function nameOf(tensor: string, graph: OperationGraph): string {
  const isWhole = graph.producers.has(tensor) || graph.constants.has(tensor) || graph.inputs.includes(tensor);
  return isWhole ? tensor : (tensor.split(":")[0] ?? tensor);
}

function indexOf(tensor: string, name: string): number {
  return tensor === name ? 0 : Number(tensor.split(":").at(-1)) || 0;
}
