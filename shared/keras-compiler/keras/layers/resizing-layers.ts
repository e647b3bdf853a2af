import { channelsOf, imageSizeOf } from "../../graph/infer-shape.ts";
import type { Pair } from "../../graph/operations.ts";
import { createWeight } from "../../graph/weight.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { addOperation, type LayerCallContext, type LayerReader, shapeOf, tensorOf } from "../layer-reader.ts";
import { otherWay } from "../other-way.ts";
import { computeResizeMatrix } from "../resize-matrix.ts";

const interpolations = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] as const;

/** Resizes the whole image, the largest part in its middle that has the new proportions, or the image with black on two sides. */
export const readResizing: LayerReader = (call) => {
  const { config } = call;
  const [rows = 0, columns = 0] = config.has("size")
    ? config.numbers("size")
    : [config.number("height"), config.number("width")];
  const size: Pair = [rows, columns];
  return addResize(call, fitTo(call, size), size, config.boolean("antialias", false));
};

export const readUpSampling: LayerReader = (call) => {
  const [height, width] = imageSizeOf(shapeOf(call), call.name);
  const [rows, columns] = call.config.pair("size");
  return addResize(call, tensorOf(call), [height * rows, width * columns], false);
};

function fitTo(call: LayerCallContext, size: Pair): number {
  if (call.config.boolean("crop_to_aspect_ratio", false)) return cropTo(call, size);
  return call.config.boolean("pad_to_aspect_ratio", false) ? padTo(call, size) : tensorOf(call);
}

function addResize(call: LayerCallContext, source: number, size: Pair, antialias: boolean): number {
  const { config, graph, name } = call;
  const interpolation = config.oneOf("interpolation", interpolations, "bilinear");
  if (interpolation === "nearest" || (interpolation === "bilinear" && !antialias))
    return graph.add({ type: "resize", size, interpolation }, [source], name);
  const image = imageSizeOf(graph.shapeOf(source), name);
  // Rows, then columns, each as the last axis in turn: [N, W, C, H], [N, C, H, W], [N, H, W, C].
  const turn = { type: "transpose", order: [0, 2, 3, 1] } as const;
  const resized = ([0, 1] as const).reduce((node, axis) => {
    const shape = [image[axis], size[axis]] as const;
    const kernel = createWeight(shape, computeResizeMatrix(shape, interpolation, antialias));
    return graph.add({ type: "dense", kernel }, [graph.add(turn, [node], name)], name);
  }, source);
  return graph.add(turn, [resized], name);
}

/** As `cropTo` rounds: a half row or column is left out on both sides. */
function padTo(call: LayerCallContext, [targetHeight, targetWidth]: Pair): number {
  if (call.config.number("fill_value", 0) !== 0)
    throw new KerasModelError(`Layer ${call.name}: a fill_value other than 0 is not supported; ${otherWay}`);
  const [height, width] = imageSizeOf(shapeOf(call), call.name);
  const rows = Math.max(height, Math.trunc((width * targetHeight) / targetWidth));
  const columns = Math.max(width, Math.trunc((height * targetWidth) / targetHeight));
  const [top, left] = [Math.trunc((rows - height) / 2), Math.trunc((columns - width) / 2)];
  return addOperation(call, { type: "pad", padding: { top, bottom: top, left, right: left } });
}

/** Crops that part. Keras rounds its size and place down (keras/src/backend/tensorflow/image.py, resize). */
export function cropTo(call: LayerCallContext, [targetHeight, targetWidth]: Pair): number {
  const [height, width] = imageSizeOf(shapeOf(call), call.name);
  const rows = Math.max(1, Math.min(height, Math.trunc((width * targetHeight) / targetWidth)));
  const columns = Math.max(1, Math.min(width, Math.trunc((height * targetWidth) / targetHeight)));
  const top = Math.trunc((height - rows) / 2);
  const left = Math.trunc((width - columns) / 2);
  const end = [null, top + rows, left + columns, channelsOf(shapeOf(call))];
  return addOperation(call, { type: "slice", begin: [0, top, left, 0], end });
}
