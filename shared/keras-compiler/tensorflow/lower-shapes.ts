import type { Shape } from "../graph/operations.ts";
import { attribute, dataType } from "./graph-messages.ts";
import type { Lowering } from "./lowering.ts";
import type { TensorflowBuilder } from "./tensorflow-builder.ts";

const int32 = attribute.type(dataType.int32);

/** ConcatV2 takes two values or more; Keras also joins one, as does a stack of one. */
export const lowerConcatenate: Lowering<"concatenate"> = (builder, { operation }, inputs) => {
  const [only, ...others] = inputs;
  if (only !== undefined && others.length === 0) return only;
  return builder.emit("ConcatV2", [...inputs, builder.integers([operation.axis], [])], {
    N: attribute.integer(inputs.length),
    Tidx: int32,
  });
};

export const lowerReshape: Lowering<"reshape"> = (builder, { operation }, [input = ""]) => {
  const sizes = builder.integers(operation.shape.map((size) => size ?? -1));
  return builder.emit("Reshape", [input, sizes], { Tshape: int32 });
};

/** A size of -1 keeps the rest of an axis: here the whole batch. */
export const lowerSlice: Lowering<"slice"> = (builder, { operation }, [input = ""]) => {
  const { begin, end, steps } = operation;
  if (steps !== undefined) return lowerStridedSlice(builder, input, { begin, end, steps });
  const sizes = end.map((position, axis) => (position === null ? -1 : position - (begin[axis] ?? 0)));
  return builder.emit("Slice", [input, builder.integers(begin), builder.integers(sizes)], { Index: int32 });
};

/** A mask has a bit for each axis that is taken to its end, whatever stands there. */
function lowerStridedSlice(
  builder: TensorflowBuilder,
  input: string,
  { begin, end, steps }: { begin: readonly number[]; end: Shape; steps: readonly number[] },
): string {
  const endMask = end.reduce<number>(
    (mask, position, axis) => (position === null || position === -1 ? mask | (1 << axis) : mask),
    0,
  );
  const bounds = [begin, end.map((position) => position ?? 0), steps].map((values) =>
    builder.integers(values),
  );
  return builder.emit("StridedSlice", [input, ...bounds], {
    Index: int32,
    end_mask: attribute.integer(endMask),
  });
}

export const lowerTranspose: Lowering<"transpose"> = (builder, { operation }, [input = ""]) =>
  builder.emit("Transpose", [input, builder.integers(operation.order)], { Tperm: int32 });

export const lowerResize: Lowering<"resize"> = (builder, { operation }, [input = ""]) => {
  const type = operation.interpolation === "nearest" ? "ResizeNearestNeighbor" : "ResizeBilinear";
  return builder.emit(type, [input, builder.integers(operation.size)], {
    half_pixel_centers: attribute.boolean(true),
  });
};
