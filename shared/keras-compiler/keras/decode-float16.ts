/** Half-precision numbers (IEEE 754-2008, binary16) as float32. */
export function decodeFloat16(source: Uint16Array, target: Float32Array): void {
  for (let index = 0; index < source.length; index++) target[index] = decode(source[index] as number);
}

function decode(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
