/**
 * A new prediction id: a UUID of version 7 (RFC 9562, section 5.7), whose first 48 bits are the time. With the time,
 * the record of a prediction is found in the inference log without an index.
 *
 * @param nowMs milliseconds since 1970
 * @param random a UUID of version 4, for the bits after the time
 */
export function createPredictionId(
  nowMs: number = Date.now(),
  random: string = globalThis.crypto.randomUUID(),
): string {
  const time = nowMs.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

/** When a prediction was asked for, in milliseconds since 1970; undefined for an id that contains no time. */
export function timeOfPredictionId(predictionId: string): number | undefined {
  const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/i.exec(predictionId) ?? [];
  return high === undefined ? undefined : Number.parseInt(`${high}${low}`, 16);
}
