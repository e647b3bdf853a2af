import * as z from "zod";

/** Most numbers in a projection. */
export const projectionLength = 32;

/**
 * The model's pooled features, projected to at most 32 numbers: base64 of bfloat16 values, the lower byte first (88
 * characters for 32 numbers). They can be compared only among records of one model version. If the version's contract
 * has a `feature_space`, they are principal components in units of their standard deviations; otherwise they are a
 * random projection, which is always the same for the same number of features. Both engines give the same numbers to
 * within 1 %, or 0.01 for small ones.
 */
export const featureProjectionSchema = z.base64().max(88);

/** @param values at most 32 finite numbers */
export function encodeFeatureProjection(values: Float32Array): string {
  const bits = new Uint32Array(Float32Array.from(values).buffer);
  // bfloat16 is the upper half of a float32, rounded to the nearest, ties to even.
  const halves = Uint16Array.from(bits, (word) => (word + 0x7fff + ((word >>> 16) & 1)) >>> 16);
  const bytes = Buffer.alloc(2 * halves.length);
  for (const [index, half] of halves.entries()) bytes.writeUInt16LE(half, 2 * index);
  return bytes.toString("base64");
}

/** The numbers of a record's `feature_projection`. */
export function decodeFeatureProjection(text: string): Float32Array {
  const bytes = Buffer.from(text, "base64");
  const words = Uint32Array.from(
    { length: Math.floor(bytes.length / 2) },
    (_, index) => bytes.readUInt16LE(2 * index) << 16,
  );
  return new Float32Array(words.buffer);
}
