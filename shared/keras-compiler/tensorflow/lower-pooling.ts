import type { ReductionMode } from "../graph/operations.ts";
import { attribute, dataType } from "./graph-messages.ts";
import { toWindow } from "./lower-kernels.ts";
import type { Lowering } from "./lowering.ts";

export const lowerPooling: Lowering<"pooling"> = (builder, { operation }, inputs) =>
  builder.emit(operation.mode === "maximum" ? "MaxPool" : "AvgPool", inputs, {
    ksize: toWindow(operation.size),
    strides: toWindow(operation.strides),
    padding: attribute.text(operation.padding.toUpperCase()),
  });

const reductions: Record<ReductionMode, string> = {
  average: "Mean",
  maximum: "Max",
  minimum: "Min",
  sum: "Sum",
};

export const lowerReduction: Lowering<"reduction"> = (builder, { operation }, [input = ""]) =>
  builder.emit(reductions[operation.mode], [input, builder.integers(operation.axes)], {
    Tidx: attribute.type(dataType.int32),
    keep_dims: attribute.boolean(operation.keepDimensions),
  });
