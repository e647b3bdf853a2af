import { channelsOf, imageSizeOf } from "../../graph/infer-shape.ts";
import type { Pair } from "../../graph/operations.ts";
import { computeElementCount } from "../../graph/weight.ts";
import { addOperation, type LayerCallContext, type LayerReader, shapeOf } from "../layer-reader.ts";
import { cropTo } from "./resizing-layers.ts";

export const readFlatten: LayerReader = (call) => reshape(call, [-1]);

export const readReshape: LayerReader = (call) => reshape(call, call.config.numbers("target_shape"));

/** Reshapes the axes after the batch; -1 stands for the size that is left. */
export function reshape(call: LayerCallContext, target: readonly number[]): number {
  const [batch = null, ...sizes] = shapeOf(call);
  const count = computeElementCount(sizes.map((size) => size ?? 1));
  const known = computeElementCount(target.filter((size) => size !== -1));
  return addOperation(call, {
    type: "reshape",
    shape: [batch, ...target.map((size) => (size === -1 ? count / known : size))],
  });
}

/** `dims` counts the axes after the batch from 1. */
export const readPermute: LayerReader = (call) =>
  addOperation(call, { type: "transpose", order: [0, ...call.config.numbers("dims")] });

export const readZeroPadding: LayerReader = (call) => {
  const [top, bottom, left, right] = call.config.border("padding");
  return addOperation(call, { type: "pad", padding: { top, bottom, left, right } });
};

export const readCropping: LayerReader = (call) => {
  const [top, bottom, left, right] = call.config.border("cropping");
  const [height, width] = imageSizeOf(shapeOf(call), call.name);
  const end = [null, height - bottom, width - right, channelsOf(shapeOf(call))];
  return addOperation(call, { type: "slice", begin: [0, top, left, 0], end });
};

/** Crops the middle of a larger image; of a smaller one, enlarges the largest middle part of the new proportions. */
export const readCenterCrop: LayerReader = (call) => {
  const [height, width] = imageSizeOf(shapeOf(call), call.name);
  const rows = call.config.number("height");
  const columns = call.config.number("width");
  if (rows > height || columns > width) {
    const size: Pair = [rows, columns];
    return call.graph.add(
      { type: "resize", size, interpolation: "bilinear" },
      [cropTo(call, size)],
      call.name,
    );
  }
  const top = Math.floor((height - rows) / 2);
  const left = Math.floor((width - columns) / 2);
  const end = [null, top + rows, left + columns, channelsOf(shapeOf(call))];
  return addOperation(call, { type: "slice", begin: [0, top, left, 0], end });
};
