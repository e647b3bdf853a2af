import { channelsOf, imageSizeOf } from "../../graph/infer-shape.ts";
import type { Interpolation, Pair } from "../../graph/operations.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { addOperation, type LayerCallContext, type LayerReader, shapeOf, tensorOf } from "../layer-reader.ts";
import { otherWay } from "../other-way.ts";

const interpolations: readonly Interpolation[] = ["nearest", "bilinear"];

/** The whole image, or the largest part of the new proportions in its middle. */
export const readResizing: LayerReader = (call) => {
  const { config, name, graph } = call;
  for (const key of ["pad_to_aspect_ratio", "antialias"]) {
    if (config.boolean(key, false))
      throw new KerasModelError(`Layer ${name}: ${key} is not supported; ${otherWay}`);
  }
  const size: Pair = [config.number("height"), config.number("width")];
  const source = config.boolean("crop_to_aspect_ratio", false) ? cropTo(call, size) : tensorOf(call);
  return graph.add({ type: "resize", size, interpolation: readInterpolation(call) }, [source], name);
};

export const readUpSampling: LayerReader = (call) => {
  const [height, width] = imageSizeOf(shapeOf(call), call.name);
  const [rows, columns] = call.config.pair("size");
  const size: Pair = [height * rows, width * columns];
  return addOperation(call, { type: "resize", size, interpolation: readInterpolation(call) });
};

function readInterpolation({ config }: LayerCallContext): Interpolation {
  return config.oneOf("interpolation", interpolations, "bilinear");
}

/** Keras rounds the part's size and place down (keras/src/backend/tensorflow/image.py, resize). */
function cropTo(call: LayerCallContext, [targetHeight, targetWidth]: Pair): number {
  const [height, width] = imageSizeOf(shapeOf(call), call.name);
  const rows = Math.max(1, Math.min(height, Math.trunc((width * targetHeight) / targetWidth)));
  const columns = Math.max(1, Math.min(width, Math.trunc((height * targetWidth) / targetHeight)));
  const top = Math.trunc((height - rows) / 2);
  const left = Math.trunc((width - columns) / 2);
  const end = [null, top + rows, left + columns, channelsOf(shapeOf(call))];
  return addOperation(call, { type: "slice", begin: [0, top, left, 0], end });
}
