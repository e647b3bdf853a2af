/** One value a channel, where one may stand for all. */
export function spread(values: Float32Array, channels: number): Float32Array {
  return values.length === 1 ? new Float32Array(channels).fill(values[0] ?? 0) : values;
}
