import { KerasModelError, OpenSizeError } from "../keras-model-error.ts";
import type { ReadingContext } from "./read-layer.ts";

/**
 * Adds an input of the whole model. Its batch is free, whatever the file says. Values for an input of an integer type
 * lose their fractions, as in Keras.
 *
 * @throws KerasModelError
 */
export function addInput(
  context: ReadingContext,
  name: string,
  shape: unknown,
  dtype: unknown = "float32",
): number {
  if (!Array.isArray(shape) || !shape.every((size) => size === null || typeof size === "number")) {
    throw new KerasModelError(
      `Expected a shape for the model's input ${name} but received ${JSON.stringify(shape) ?? "nothing"}`,
    );
  }
  const sizes = shape.slice(1).map((size: number | null, axis) => size ?? context.imageSize?.[axis] ?? null);
  if (sizes.includes(null)) {
    const written = shape.map((size) => size ?? "None").join(", ");
    throw new OpenSizeError(`The model's input ${name} [${written}] leaves its size open`);
  }
  return toWholeNumbers(context, context.graph.addInput(name, [null, ...sizes]), name, dtype);
}

/**
 * Casts a value to the type of the input of a model within the model.
 *
 * @throws KerasModelError for a signed integer: it keeps the sign, which rounding down does not
 */
export function castToInput(context: ReadingContext, node: number, name: string, dtype: unknown): number {
  if (context.integers.has(node)) return node;
  if (typeof dtype === "string" && dtype.startsWith("int"))
    throw new KerasModelError(
      `Input ${name} of a model within the model: Expected the type float32 or uint8 but received ${dtype}`,
    );
  return toWholeNumbers(context, node, name, dtype);
}

/** Rounds down where a type is of integers, and marks the result as such. */
function toWholeNumbers(
  { graph, integers }: ReadingContext,
  node: number,
  name: string,
  dtype: unknown,
): number {
  if (typeof dtype !== "string" || !/^u?int/.test(dtype)) return node;
  const whole = graph.add({ type: "activation", kind: "floor" }, [node], name);
  integers.add(whole);
  return whole;
}

/** The shape in an InputLayer's settings: `batch_shape` in Keras 3, `batch_input_shape` in Keras 2. */
export function inputShapeOf(config: Record<string, unknown>): unknown {
  return config.batch_shape ?? config.batch_input_shape;
}
