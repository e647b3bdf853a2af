import { ModelError } from "../../../errors/model-error.ts";
import { channelsOf } from "../../graph/infer-shape.ts";
import type { PoolingMode, Shape } from "../../graph/operations.ts";
import {
  addOperation,
  type LayerCallContext,
  type LayerReader,
  shapeOf,
  tensorOf,
  tensorsOf,
} from "../layer-reader.ts";
import { reshape } from "../layers/shape-layers.ts";

/** `newshape` starts with the batch: -1, or whatever it was when the model was made. */
export const readReshapeOperation: LayerReader = (call) => {
  const [batch, ...sizes] = call.config.numbers("newshape");
  if (batch !== -1 || sizes.includes(-1)) {
    throw new ModelError(`Layer ${call.name}: reshape must keep the batch, as (-1, ...)`);
  }
  return reshape(call, sizes);
};

export const readExpandDimensions: LayerReader = (call) => {
  const shape = shapeOf(call);
  const axis = toPosition(call, call.config.number("axis"), shape.length + 1);
  return addOperation(call, { type: "reshape", shape: shape.toSpliced(axis, 0, 1) });
};

export const readSqueeze: LayerReader = (call) => {
  const shape = shapeOf(call);
  const axes = call.config.numbers("axis").map((axis) => toPosition(call, axis, shape.length));
  return addOperation(call, { type: "reshape", shape: shape.filter((_, axis) => !axes.includes(axis)) });
};

/** Mean or maximum over height and width. */
export function createReductionReader(mode: PoolingMode): LayerReader {
  return (call) => {
    const rank = shapeOf(call).length;
    const axes = call.config.numbers("axis").map((axis) => toPosition(call, axis, rank));
    if (rank !== 4 || axes.toSorted().join() !== "1,2") {
      throw new ModelError(
        `Layer ${call.name} reduces axes ${axes.join(", ")}; only height and width are supported`,
      );
    }
    return addOperation(call, {
      type: "global_pooling",
      mode,
      keepDimensions: call.config.boolean("keepdims", false),
    });
  };
}

/** `x[..., index]`: one channel, its axis gone, as `preprocess_input` of ResNet and VGG takes it. */
export const readGetItem: LayerReader = (call) => {
  const [, ellipsis, index, ...others] = call.arguments;
  const isEllipsis = ellipsis?.type === "other" && JSON.stringify(ellipsis.value).includes("__ellipsis__");
  if (!isEllipsis || index?.type !== "constant" || others.length > 0) {
    throw new ModelError(`Layer ${call.name}: indexing other than [..., channel] is not supported`);
  }
  const shape = shapeOf(call);
  const channel = toPosition(call, index.values[0] ?? 0, channelsOf(shape), 0);
  const begin = [...shape.slice(0, -1).map(() => 0), channel];
  const slice = call.graph.add(
    { type: "slice", begin, end: [...shape.slice(0, -1), channel + 1] },
    [tensorOf(call)],
    call.name,
  );
  return call.graph.add({ type: "reshape", shape: shape.slice(0, -1) }, [slice], call.name);
};

/** Values side by side along a new last axis. */
export const readStack: LayerReader = (call) => {
  const inputs = tensorsOf(call);
  const shape: Shape = inputs[0] === undefined ? [] : call.graph.shapeOf(inputs[0]);
  const axis = toPosition(call, call.config.number("axis"), shape.length + 1);
  if (axis !== shape.length)
    throw new ModelError(`Layer ${call.name}: stack is supported on the last axis only`);
  const columns = inputs.map((input) =>
    call.graph.add({ type: "reshape", shape: [...shape, 1] }, [input], call.name),
  );
  return call.graph.add({ type: "concatenate", axis }, columns, call.name);
};

function toPosition(call: LayerCallContext, axis: number, count: number, first = 1): number {
  const position = axis < 0 ? axis + count : axis;
  if (!Number.isInteger(position) || position < first || position >= count) {
    throw new ModelError(`Layer ${call.name}: position ${axis} of ${count} is not supported`);
  }
  return position;
}
