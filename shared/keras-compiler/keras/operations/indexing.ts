import type { Shape } from "../../graph/operations.ts";
import { KerasModelError } from "../../keras-model-error.ts";
import { isRecord } from "../keras-object.ts";
import {
  addOperation,
  type LayerCallContext,
  type LayerReader,
  shapeOf,
  tensorOf,
  toAxes,
} from "../layer-reader.ts";
import { otherWay } from "../other-way.ts";

/** An index of `x[...]` that takes one axis. */
type AxisIndex =
  | { type: "slice"; start: number | null; stop: number | null; step: number }
  | { type: "position"; position: number };
type Index = AxisIndex | { type: "new_axis" } | { type: "rest" };

const wholeAxis: AxisIndex = { type: "slice", start: null, stop: null, step: 1 };

/** `x[indices]`: slices, positions, new axes and `...`; channels in reverse (`[..., ::-1]`) are taken one by one. */
export const readIndexing: LayerReader = (call) => {
  const shape = shapeOf(call);
  const indices = spread(call, parseIndices(call), shape.length);
  const begin: number[] = [];
  const end: (number | null)[] = [];
  const steps: number[] = [];
  const result: (number | null)[] = [];
  let isReversed = false;
  for (const index of indices) {
    const axis = begin.length;
    const size = shape[axis] ?? null;
    if (index.type === "new_axis") {
      result.push(1);
      continue;
    }
    const isReversal = isReversedChannels(index, axis, shape.length);
    const range = isReversal ? { begin: 0, end: size, step: 1 } : rangeOf(call, index, axis, size);
    begin.push(range.begin);
    end.push(range.end);
    steps.push(range.step);
    if (index.type === "slice")
      result.push(range.end === null ? null : Math.ceil((range.end - range.begin) / range.step));
    if (isReversal) isReversed = true;
  }
  const reversed = isReversed ? addReversedChannels(call, tensorOf(call)) : tensorOf(call);
  const isStepped = steps.some((step) => step !== 1);
  const isCut = isStepped || end.some((stop, axis) => begin[axis] !== 0 || stop !== (shape[axis] ?? null));
  const slice = { type: "slice", begin, end, ...(isStepped && { steps }) } as const;
  const cut = isCut ? call.graph.add(slice, [reversed], call.name) : reversed;
  const isReshaped = indices.some(({ type }) => type !== "slice");
  return isReshaped ? call.graph.add({ type: "reshape", shape: result }, [cut], call.name) : cut;
};

export const readFlip: LayerReader = (call) => {
  const rank = shapeOf(call).length;
  const axes = toAxes(call, call.config.numbers("axis"));
  if (axes.join() === String(rank - 1)) return addReversedChannels(call, tensorOf(call));
  const sizes = shapeOf(call);
  return addOperation(call, {
    type: "slice",
    begin: sizes.map((size, axis) => (axes.includes(axis) ? (size ?? 0) - 1 : 0)),
    end: sizes.map((size, axis) => (axes.includes(axis) ? -1 : size)),
    steps: sizes.map((_, axis) => (axes.includes(axis) ? -1 : 1)),
  });
};

function isReversedChannels(index: AxisIndex, axis: number, rank: number): boolean {
  if (index.type !== "slice" || index.step !== -1) return false;
  return axis === rank - 1 && index.start === null && index.stop === null;
}

/** Reverses the channels, as `preprocess_input` of ResNet and VGG does to turn RGB into BGR. */
function addReversedChannels(call: LayerCallContext, node: number): number {
  const shape = call.graph.shapeOf(node);
  const [leading, channels] = [shape.slice(0, -1), shape.at(-1) ?? 0];
  const inReverse = Array.from({ length: channels }, (_, index) => {
    const channel = channels - 1 - index;
    const begin = [...leading.map(() => 0), channel];
    return call.graph.add({ type: "slice", begin, end: [...leading, channel + 1] }, [node], call.name);
  });
  return call.graph.add({ type: "concatenate", axis: shape.length - 1 }, inReverse, call.name);
}

function parseIndices(call: LayerCallContext): Index[] {
  const [, argument, ...others] = call.arguments;
  if (argument?.type !== "other" || others.length > 0) throw unsupported(call);
  return [argument.value].flat().map((value) => parseIndex(call, value));
}

/**
 * Keras 3 writes `{ class_name: "__slice__", config }` and `__ellipsis__`, Keras 2 the parts of the slice and `"..."`.
 */
function parseIndex(call: LayerCallContext, value: unknown): Index {
  if (value === null) return { type: "new_axis" };
  if (typeof value === "number") return { type: "position", position: value };
  if (value === "..." || (isRecord(value) && value.class_name === "__ellipsis__")) return { type: "rest" };
  const slice = isRecord(value) && isRecord(value.config) ? value.config : value;
  if (!isRecord(slice) || !("start" in slice)) throw unsupported(call);
  const [start, stop, step] = [slice.start, slice.stop, slice.step ?? 1];
  if (!isBound(start) || !isBound(stop) || typeof step !== "number") throw unsupported(call);
  return { type: "slice", start, stop, step };
}

function isBound(value: unknown): value is number | null {
  return value === null || typeof value === "number";
}

/** `...` and axes that are not named stand for whole axes. */
function spread(call: LayerCallContext, indices: readonly Index[], rank: number) {
  const named = indices.filter(({ type }) => type === "slice" || type === "position").length;
  if (named > rank) throw unsupported(call);
  const rest = new Array<AxisIndex>(rank - named).fill(wholeAxis);
  const isSpread = indices.some(({ type }) => type === "rest");
  const all = isSpread ? indices : [...indices, { type: "rest" } as const];
  return all.flatMap((index) => (index.type === "rest" ? rest : [index]));
}

function rangeOf(
  call: LayerCallContext,
  index: AxisIndex,
  axis: number,
  size: Shape[number],
): { begin: number; end: number | null; step: number } {
  const isWhole = index.type === "slice" && index.start === null && index.stop === null && index.step === 1;
  if (isWhole) return { begin: 0, end: size, step: 1 };
  if (axis === 0 || size === null) throw unsupported(call);
  if (index.type === "position") {
    const position = index.position < 0 ? index.position + size : index.position;
    if (position < 0 || position >= size) throw unsupported(call);
    return { begin: position, end: position + 1, step: 1 };
  }
  const { start, stop, step } = index;
  if (!Number.isInteger(step) || step === 0) throw unsupported(call);
  // As Python's slice.indices: backwards the places are size - 1 down to 0, and the end before the first is -1.
  const [lowest, highest] = step > 0 ? [0, size] : [-1, size - 1];
  const fromFront = (position: number) =>
    Math.min(Math.max(position < 0 ? position + size : position, lowest), highest);
  const [first, last] = step > 0 ? [lowest, highest] : [highest, lowest];
  return {
    begin: start === null ? first : fromFront(start),
    end: stop === null ? last : fromFront(stop),
    step,
  };
}

function unsupported(call: LayerCallContext): KerasModelError {
  return new KerasModelError(
    `Layer ${call.name}: this indexing is not supported; slices, positions, new axes and ... are; ${otherWay}`,
  );
}
