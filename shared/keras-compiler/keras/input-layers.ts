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
  const input = context.graph.addInput(name, [null, ...sizes]);
  if (typeof dtype !== "string" || !/^u?int/.test(dtype)) return input;
  const whole = context.graph.add({ type: "activation", kind: "floor" }, [input], name);
  context.integers.add(whole);
  return whole;
}

/** The shape in an InputLayer's settings: `batch_shape` in Keras 3, `batch_input_shape` in Keras 2. */
export function inputShapeOf(config: Record<string, unknown>): unknown {
  return config.batch_shape ?? config.batch_input_shape;
}
