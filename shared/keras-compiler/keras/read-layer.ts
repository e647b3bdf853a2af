import type { LayerGraph } from "../graph/layer-graph.ts";
import type { Pair } from "../graph/operations.ts";
import { KerasModelError } from "../keras-model-error.ts";
import { passesIntegersOn } from "./integer-values.ts";
import { isRecord, type KerasObject } from "./keras-object.ts";
import { LayerConfig } from "./layer-config.ts";
import type { LayerInput } from "./layer-reader.ts";
import { LayerWeights } from "./layer-weights.ts";
import { layerReaders, partsOf } from "./layers/all-layers.ts";
import { operationReaders } from "./operations/all-operations.ts";
import { otherWay } from "./other-way.ts";
import type { LayerPath, WeightStore } from "./weight-store.ts";

/** What all layers of a model are read with. */
export interface ReadingContext {
  graph: LayerGraph;
  /** Nodes whose values are integers in Keras. */
  integers: Set<number>;
  store: WeightStore;
  kerasVersion: 2 | 3;
  /** `[height, width]` where the model itself leaves them open. */
  imageSize: Pair | undefined;
}

/** Reads one call of a layer, or of a model that is used as a layer; returns the nodes of its outputs. */
export type CallReader = (
  context: ReadingContext,
  layer: KerasObject,
  path: LayerPath,
  inputs: readonly LayerInput[],
) => number[];

/** Reads one call of a layer that is not a model; returns the nodes of its outputs. @throws KerasModelError naming what is not supported. */
export function readLayer(
  context: ReadingContext,
  layer: KerasObject,
  path: LayerPath,
  inputs: readonly LayerInput[],
): number[] {
  const name = path.names.join("/");
  const readers = layer.kind === "operation" ? operationReaders : layerReaders;
  const reader = readers.get(layer.className);
  if (!reader) throw new KerasModelError(`Layer ${name}: ${layer.className} is not supported; ${otherWay}`);
  assertSupported(layer, name);
  if (layer.kind === "layer" && !isFunction(layer)) assertOnlyTensors(name, inputs);
  const { graph, integers, kerasVersion } = context;
  const isInteger = inputs.some((input) => input.type === "tensor" && integers.has(input.node));
  const givesIntegers = isInteger && passesIntegersOn(layer, name, inputs);
  const parts = partsOf(layer.className, kerasVersion);
  const weights = new LayerWeights(context.store.weightsOf(path, parts), name);
  const config = new LayerConfig(layer.config, name);
  const outputs = [reader({ graph, name, config, weights, arguments: inputs, kerasVersion })].flat();
  weights.assertAllTaken();
  if (givesIntegers) for (const output of outputs) integers.add(output);
  // A cast returns the node that it was given, which holds integers; this gives its result a node of its own.
  const isCast = (output: number) => integers.has(output) && !givesIntegers;
  return outputs.map((output) => (isCast(output) ? graph.add(identity, [output], name) : output));
}

const identity = { type: "affine", scale: Float32Array.of(1), shift: Float32Array.of(0) } as const;

/** Whether a layer is a function or an index that Keras 2 keeps as a layer, whose settings are in its call. */
const isFunction = ({ className }: KerasObject) => ["TFOpLambda", "SlicingOpLambda"].includes(className);

/** @throws KerasModelError when a layer is called with anything besides its inputs that would change its answer */
function assertOnlyTensors(name: string, inputs: readonly LayerInput[]): void {
  const other = inputs.find(
    (input) => input.type !== "tensor" && !(input.type === "other" && input.value === false),
  );
  if (other === undefined) return;
  const what = other.parameter ?? "a value that is not the picture's";
  throw new KerasModelError(`Layer ${name} is called with ${what}, which is not supported; ${otherWay}`);
}

const supportedDtypes = ["float16", "float32", "float64", "mixed_float16", "mixed_bfloat16"];

function assertSupported(layer: KerasObject, name: string): void {
  if (layer.config.data_format === "channels_first") {
    throw new KerasModelError(`Layer ${name}: data_format channels_first is not supported; ${otherWay}`);
  }
  const dtype = dtypeOf(layer.config.dtype);
  if (layer.kind === "layer" && dtype !== undefined && !supportedDtypes.includes(dtype)) {
    throw new KerasModelError(`Layer ${name}: dtype ${dtype} is not supported; ${otherWay}`);
  }
}

/**
 * A name, or a policy: `{ class_name, config: { name } }`, for quantised layers `{ config: { mode, source_name } }`.
 */
function dtypeOf(dtype: unknown): string | undefined {
  if (dtype === undefined || dtype === null) return undefined;
  if (!isRecord(dtype)) return String(dtype);
  const { name, mode, source_name: source } = isRecord(dtype.config) ? dtype.config : {};
  return String(name ?? `${mode} (from ${source})`);
}
