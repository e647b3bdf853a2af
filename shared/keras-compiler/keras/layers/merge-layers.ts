import type { BinaryKind } from "../../graph/operations.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { type LayerCallContext, type LayerReader, tensorsOf } from "../layer-reader.ts";
import { otherWay } from "../other-way.ts";

/** Add, Multiply and the like, over two or more inputs. */
export function createMergeReader(kind: BinaryKind): LayerReader {
  return (call) => combine(call, kind, alignRanks(call, tensorsOf(call)));
}

export const readAverage: LayerReader = (call) => {
  const inputs = alignRanks(call, tensorsOf(call));
  const scale = Float32Array.of(1 / inputs.length);
  return call.graph.add(
    { type: "affine", scale, shift: Float32Array.of(0) },
    [combine(call, "add", inputs)],
    call.name,
  );
};

export const readConcatenate: LayerReader = (call) => {
  const inputs = tensorsOf(call);
  const rank = inputs[0] === undefined ? 0 : call.graph.shapeOf(inputs[0]).length;
  const axis = call.config.number("axis", -1);
  const fromStart = axis < 0 ? axis + rank : axis;
  if (fromStart === 0)
    throw new KerasModelError(
      `Layer ${call.name} concatenates along the batch, which is not supported; ${otherWay}`,
    );
  return call.graph.add({ type: "concatenate", axis: fromStart }, inputs, call.name);
};

function combine(call: LayerCallContext, kind: BinaryKind, inputs: readonly number[]): number {
  const [first, ...others] = inputs;
  if (first === undefined || others.length === 0) {
    throw new KerasModelError(
      `Expected two or more inputs for layer ${call.name} but received ${inputs.length}`,
    );
  }
  return others.reduce(
    (left, right) => call.graph.add({ type: "binary", kind }, [left, right], call.name),
    first,
  );
}

/** Keras's merge layers insert the missing axes of a smaller input after the batch. */
function alignRanks(call: LayerCallContext, inputs: readonly number[]): number[] {
  const rank = Math.max(...inputs.map((input) => call.graph.shapeOf(input).length));
  return inputs.map((input) => {
    const [batch = null, ...sizes] = call.graph.shapeOf(input);
    if (sizes.length + 1 === rank) return input;
    const ones = new Array<number>(rank - sizes.length - 1).fill(1);
    return call.graph.add({ type: "reshape", shape: [batch, ...ones, ...sizes] }, [input], call.name);
  });
}
