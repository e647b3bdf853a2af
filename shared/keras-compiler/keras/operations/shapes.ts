import type { ReductionMode, Shape } from "../../graph/operations.ts";
import { createWeight } from "../../graph/weight.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { addBinary, addCentred, addReduction, addSquareRoot, addUnitLength } from "../formulas.ts";
import {
  addOperation,
  type LayerReader,
  type PartsReader,
  shapeOf,
  tensorOf,
  tensorsOf,
  toAxes,
  toAxis,
} from "../layer-reader.ts";
import { reshape } from "../layers/shape-layers.ts";
import { otherWay } from "../other-way.ts";

/** `newshape` starts with the batch, as -1 or None; after None, one other size may be -1. */
export const readReshapeOperation: LayerReader = (call) => {
  const [batch, ...sizes] = [call.config.raw("newshape")].flat();
  const isOpen = batch === null || batch === -1;
  const numbers = sizes.filter((size) => typeof size === "number");
  if (!isOpen || numbers.length < sizes.length || (batch === -1 && numbers.includes(-1))) {
    throw new KerasModelError(`Layer ${call.name}: reshape must keep the batch, as (-1, ...)`);
  }
  return reshape(call, numbers);
};

export const readExpandDimensions: LayerReader = (call) => {
  const shape = shapeOf(call);
  const axis = toAxis(call, call.config.number("axis"), shape.length + 1);
  return addOperation(call, { type: "reshape", shape: shape.toSpliced(axis, 0, 1) });
};

export const readSqueeze: LayerReader = (call) => {
  const shape = shapeOf(call);
  const axes = toAxes(call, call.config.numbers("axis"));
  return addOperation(call, { type: "reshape", shape: shape.filter((_, axis) => !axes.includes(axis)) });
};

export const readTransposeOperation: LayerReader = (call) =>
  addOperation(call, { type: "transpose", order: call.config.numbers("axes") });

export const readSwapAxes: LayerReader = (call) => {
  const rank = shapeOf(call).length;
  const [first = 0, second = 0] = ["axis1", "axis2"].map((key) =>
    toAxis(call, call.config.number(key), rank),
  );
  const order = Array.from({ length: rank }, (_, axis) =>
    axis === first ? second : axis === second ? first : axis,
  );
  return addOperation(call, { type: "transpose", order });
};

export const readMoveAxis: LayerReader = (call) => {
  const rank = shapeOf(call).length;
  const [sources = [], destinations = []] = ["source", "destination"].map((key) =>
    toAxes(call, call.config.numbers(key)),
  );
  const others = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !sources.includes(axis));
  const order = Array.from({ length: rank }, (_, axis) => {
    const moved = destinations.indexOf(axis);
    return moved === -1 ? (others.shift() ?? 0) : (sources[moved] ?? 0);
  });
  return addOperation(call, { type: "transpose", order });
};

/** Of two values, or of one and a constant matrix. */
export const readMatrixProduct: LayerReader = (call) => {
  const [left, right] = call.arguments;
  if (left?.type !== "tensor" || right?.type !== "constant" || right.shape.length !== 2)
    return call.graph.add({ type: "matrix_product" }, tensorsOf(call), call.name);
  const kernel = createWeight(right.shape, right.values);
  return call.graph.add({ type: "dense", kernel }, [left.node], call.name);
};

/** Keras's weights of red, green and blue (ITU-R BT.601). */
export const readGrayscale: LayerReader = (call) => {
  const kernel = createWeight([3, 1], Float32Array.of(0.2989, 0.587, 0.114));
  return addOperation(call, { type: "dense", kernel });
};

/** Length of a vector along one axis or several. */
export const readNorm: LayerReader = (call) => {
  const axes = toAxes(call, call.config.numbers("axis"));
  const order = call.config.raw("ord") ?? null;
  if (order !== null && order !== "fro" && (order !== 2 || axes.length > 1))
    throw new KerasModelError(`Layer ${call.name}: a norm of order ${order} is not supported; ${otherWay}`);
  const square = addBinary(call, "multiply", tensorOf(call), tensorOf(call));
  const sum = addReduction(call, "sum", square, axes, call.config.boolean("keepdims", false));
  return addSquareRoot(call, sum);
};

/** Zeros around an image. */
export const readPad: LayerReader = (call) => {
  const [batch = [], rows = [], columns = [], channels = [], ...others] = [
    call.config.raw("pad_width"),
  ].flat();
  const widths = [batch, rows, columns, channels].map((pair) => [pair].flat().map(Number));
  const isImage =
    others.length === 0 && widths.every((pair) => pair.length === 2 && pair.every(Number.isInteger));
  const [[before, after] = [], [top = 0, bottom = 0] = [], [left = 0, right = 0] = [], [front, back] = []] =
    widths;
  const isPlain = call.config.text("mode", "constant") === "constant" && call.arguments.length === 1;
  if (!isImage || before !== 0 || after !== 0 || front !== 0 || back !== 0 || !isPlain)
    throw new KerasModelError(
      `Layer ${call.name}: pad of anything but zeros around an image is not supported; ${otherWay}`,
    );
  return addOperation(call, { type: "pad", padding: { top, bottom, left, right } });
};

/** Equal parts, or those between the places that are given. */
export const readSplit: PartsReader = (call) => {
  const shape = shapeOf(call);
  const axis = toAxis(call, call.config.number("axis", 0), shape.length);
  const size = shape[axis] ?? 0;
  const given = call.config.raw("indices_or_sections");
  const places = Array.isArray(given)
    ? call.config.numbers("indices_or_sections")
    : Array.from({ length: Number(given) - 1 }, (_, part) => ((part + 1) * size) / Number(given));
  return [...places, size].map((end, part) => {
    const begin = part === 0 ? 0 : (places[part - 1] ?? 0);
    return addOperation(call, {
      type: "slice",
      begin: shape.map((_, other) => (other === axis ? begin : 0)),
      end: shape.map((length, other) => (other === axis ? end : length)),
    });
  });
};

export function createReductionReader(mode: ReductionMode): LayerReader {
  return (call) =>
    addReduction(
      call,
      mode,
      tensorOf(call),
      toAxes(call, call.config.numbers("axis")),
      call.config.boolean("keepdims", false),
    );
}

/** Mean of the squared distances from the mean. */
export const readVariance: LayerReader = (call) => {
  const axes = toAxes(call, call.config.numbers("axis"));
  const centred = addCentred(call, tensorOf(call), axes);
  const square = addBinary(call, "multiply", centred, centred);
  return addReduction(call, "average", square, axes, call.config.boolean("keepdims", false));
};

export const readDeviation: LayerReader = (call) => addSquareRoot(call, readVariance(call));

export const readUnitLength: LayerReader = (call) => {
  if (call.config.number("order", 2) !== 2)
    throw new KerasModelError(
      `Layer ${call.name}: normalize of an order other than 2 is not supported; ${otherWay}`,
    );
  const axes = toAxes(call, call.config.numbers("axis", -1));
  return addUnitLength(call, tensorOf(call), axes, call.config.number("epsilon", 1e-7));
};

/** Values side by side along a new axis. */
export const readStack: LayerReader = (call) => {
  const inputs = tensorsOf(call);
  const shape: Shape = inputs[0] === undefined ? [] : call.graph.shapeOf(inputs[0]);
  const axis = toAxis(call, call.config.number("axis"), shape.length + 1);
  const columns = inputs.map((input) =>
    call.graph.add({ type: "reshape", shape: shape.toSpliced(axis, 0, 1) }, [input], call.name),
  );
  return call.graph.add({ type: "concatenate", axis }, columns, call.name);
};
