/**
 * Trained values that are read only when a lowering writes them, so that a model's weights are never all in memory
 * twice. `read` may be called more than once; each call may return a new array.
 */
export interface Weight {
  readonly shape: readonly number[];
  read(): Float32Array;
}

/** A weight that is already in memory. */
export function createWeight(shape: readonly number[], values: Float32Array): Weight {
  return { shape, read: () => values };
}

export function computeElementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function computeByteLength(weight: Weight): number {
  return computeElementCount(weight.shape) * Float32Array.BYTES_PER_ELEMENT;
}

/** One value per channel; a single value is repeated for all. */
export function spread(values: Float32Array, channels: number): Float32Array {
  return values.length === 1 ? new Float32Array(channels).fill(values[0] ?? 0) : values;
}
