import { FunctionalReader } from "./functional-reader.ts";
import { isModel, type KerasObject } from "./keras-object.ts";
import { type CallReader, type ReadingContext, readLayer } from "./read-layer.ts";
import { readSequential } from "./read-sequential.ts";
import type { LayerPath } from "./weight-store.ts";

const readCall: CallReader = (context, layer, path, inputs) => {
  if (!isModel(layer)) return readLayer(context, layer, path, inputs);
  const nodes = inputs.flatMap((input) => (input.type === "tensor" ? [input.node] : []));
  return readModel(context, layer, path, nodes);
};

/** The outermost model is read without `inputs`: it adds its own to the graph. */
export function readModel(
  context: ReadingContext,
  model: KerasObject,
  path: LayerPath,
  inputs?: readonly number[],
): number[] {
  if (model.className === "Sequential") return readSequential(context, model, path, inputs, readCall);
  return new FunctionalReader(context, model, path, readCall).read(inputs);
}
