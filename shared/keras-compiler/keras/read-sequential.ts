import { KerasModelError } from "../keras-model-error.ts";
import { addInput, castToInput, inputShapeOf } from "./input-layers.ts";
import type { KerasObject } from "./keras-object.ts";
import { listLayers } from "./model-layers.ts";
import type { CallReader, ReadingContext } from "./read-layer.ts";
import type { LayerPath } from "./weight-store.ts";

/** Layers one after another. */
export function readSequential(
  context: ReadingContext,
  model: KerasObject,
  path: LayerPath,
  inputs: readonly number[] | undefined,
  readCall: CallReader,
): number[] {
  const layers = listLayers(model, path);
  const first = layers[0]?.layer;
  const ownShape = inputShapeOf(first?.config ?? {}) ?? model.config.build_input_shape;
  const ownDtype = first?.className === "InputLayer" ? first.config.dtype : undefined;
  const name = first?.name ?? "input";
  const [given] = inputs ?? [];
  let node =
    given === undefined
      ? addInput(context, name, ownShape, ownDtype)
      : castToInput(context, given, name, ownDtype);
  for (const { layer, path: layerPath } of layers) {
    if (layer.className === "InputLayer") continue;
    const [output, ...others] = readCall(context, layer, layerPath, [{ type: "tensor", node }]);
    if (output === undefined || others.length > 0) {
      throw new KerasModelError(
        `Expected one output of ${layer.name} within Sequential but it has ${others.length + 1}`,
      );
    }
    node = output;
  }
  return [node];
}
