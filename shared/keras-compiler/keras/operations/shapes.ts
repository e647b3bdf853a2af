import type { ReductionMode, Shape } from "../../graph/operations.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { addBinary, addCentred, addReduction, addSquareRoot, addUnitLength } from "../formulas.ts";
import {
  addOperation,
  type LayerReader,
  shapeOf,
  tensorOf,
  tensorsOf,
  toAxes,
  toAxis,
} from "../layer-reader.ts";
import { reshape } from "../layers/shape-layers.ts";

/** `newshape` starts with the batch: -1 or None, and then one of the others may be -1. */
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

export const readMatrixProduct: LayerReader = (call) =>
  call.graph.add({ type: "matrix_product" }, tensorsOf(call), call.name);

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
    throw new KerasModelError(`Layer ${call.name}: normalize of an order other than 2 is not supported`);
  const axes = toAxes(call, call.config.numbers("axis", -1));
  return addUnitLength(call, tensorOf(call), axes, call.config.number("epsilon", 1e-7));
};

/** Values side by side along a new last axis. */
export const readStack: LayerReader = (call) => {
  const inputs = tensorsOf(call);
  const shape: Shape = inputs[0] === undefined ? [] : call.graph.shapeOf(inputs[0]);
  const axis = toAxis(call, call.config.number("axis"), shape.length + 1);
  if (axis !== shape.length)
    throw new KerasModelError(`Layer ${call.name}: stack is supported on the last axis only`);
  const columns = inputs.map((input) =>
    call.graph.add({ type: "reshape", shape: [...shape, 1] }, [input], call.name),
  );
  return call.graph.add({ type: "concatenate", axis }, columns, call.name);
};
