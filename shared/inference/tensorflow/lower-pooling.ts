import { attribute, dataType } from "./graph-messages.ts";
import { toWindow } from "./lower-kernels.ts";
import type { Lowering } from "./lowering.ts";

export const lowerPooling: Lowering<"pooling"> = (builder, { operation }, inputs) =>
  builder.emit(operation.mode === "maximum" ? "MaxPool" : "AvgPool", inputs, {
    ksize: toWindow(operation.size),
    strides: toWindow(operation.strides),
    padding: attribute.text(operation.padding.toUpperCase()),
  });

export const lowerGlobalPooling: Lowering<"global_pooling"> = (builder, { operation }, [input = ""]) =>
  builder.emit(operation.mode === "maximum" ? "Max" : "Mean", [input, builder.integers([1, 2])], {
    Tidx: attribute.type(dataType.int32),
    keep_dims: attribute.boolean(operation.keepDimensions),
  });
