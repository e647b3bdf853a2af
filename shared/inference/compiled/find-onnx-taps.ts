import type { GraphOperation, OperationGraph } from "../graph-ending/operation-graph.ts";

/** Where a classifier's taps lie in an ONNX graph, by names of tensors. */
export interface OnnxTaps {
  /** Input of the last dense layer. */
  features: string;
  /**
   * The last feature map `[N, channels, height, width]`, where the features are nothing but its mean over positions.
   */
  map: string | undefined;
  weight: string;
  isWeightTransposed: boolean;
  bias: string | undefined;
}

const set = (names: string) => new Set(names.split(" "));
/** Operations that turn the last layer's numbers into probabilities, or leave them as they are. */
const endings = set("Softmax Sigmoid LogSoftmax Identity Reshape Flatten Squeeze");
const passing = set("Flatten Reshape Squeeze Identity Dropout");

/**
 * The taps of a classifier that ends in one dense layer, as PyTorch's exporters write it; undefined for any other
 * graph.
 */
export function findOnnxTaps(graph: OperationGraph): OnnxTaps | undefined {
  const operationOf = (tensor: string | undefined) => graph.producers.get(tensor ?? "")?.operation;
  const skip = (tensor: string | undefined, types: ReadonlySet<string>) => {
    let name = tensor;
    for (
      let operation = operationOf(name);
      operation && types.has(operation.type);
      operation = operationOf(name)
    )
      name = operation.inputs[0];
    return name;
  };

  const [output, ...others] = graph.outputs;
  if (others.length > 0) return undefined;
  const last = operationOf(skip(output, endings));
  const layer = last && (readGemm(last) ?? readProduct(last, operationOf));
  if (layer === undefined) return undefined;
  const pooling = operationOf(skip(layer.features, passing));
  return { ...layer, map: pooling && isGlobalAverage(pooling, graph) ? pooling.inputs[0] : undefined };
}

/** Whether it is the mean over rows and columns of `[N, channels, height, width]`: over other axes its map is none. */
function isGlobalAverage({ type, inputs, lists }: GraphOperation, graph: OperationGraph): boolean {
  const axes = lists?.axes ?? graph.lists.get(inputs[1] ?? "") ?? [];
  const isOverPlaces =
    axes
      .map((axis) => (axis < 0 ? axis + 4 : axis))
      .sort()
      .join() === "2,3";
  return type === "GlobalAveragePool" || (type === "ReduceMean" && isOverPlaces);
}

type Layer = Omit<OnnxTaps, "map">;

function readGemm({
  type,
  inputs: [features, weight, bias],
  attributes = {},
}: GraphOperation): Layer | undefined {
  const { alpha = 1, beta = 1, transA = 0, transB = 0 } = attributes;
  if (type !== "Gemm" || features === undefined || weight === undefined) return undefined;
  if (alpha !== 1 || beta !== 1 || transA !== 0) return undefined;
  return { features, weight, isWeightTransposed: transB === 1, bias: bias || undefined };
}

/** A product, or a product and a bias. */
function readProduct(
  operation: GraphOperation,
  operationOf: (tensor: string) => GraphOperation | undefined,
): Layer | undefined {
  const parts = operation.type === "Add" ? operation.inputs : [];
  const product =
    operation.type === "MatMul" ? operation : parts.map(operationOf).find((part) => part?.type === "MatMul");
  const [features, weight] = product?.inputs ?? [];
  if (features === undefined || weight === undefined) return undefined;
  return {
    features,
    weight,
    isWeightTransposed: false,
    bias: parts.find((part) => operationOf(part) !== product),
  };
}
