import { expect, test } from "vitest";
import {
  decodeFeatureProjection,
  encodeFeatureProjection,
  featureProjectionSchema,
} from "../../../shared/schemas/feature-projection.ts";

test("32 numbers take 88 characters and come back to three digits", () => {
  const values = Float32Array.from({ length: 32 }, (_, index) => (index - 16) * 1.2345 ** index);
  const text = encodeFeatureProjection(values);
  expect(featureProjectionSchema.parse(text)).toHaveLength(88);
  expect(Buffer.byteLength(JSON.stringify({ feature_projection: text }))).toBeLessThan(200);
  const decoded = decodeFeatureProjection(text);
  expect(decoded).toHaveLength(32);
  for (const [index, value] of values.entries())
    expect(Math.abs((decoded[index] as number) - value)).toBeLessThanOrEqual(Math.abs(value) / 256);
});

test("numbers of bfloat16 are kept as they are, others rounded to the nearest", () => {
  const text = encodeFeatureProjection(Float32Array.of(1, -2.5, 0, 1 + 1 / 256 + 1 / 4096, 1 + 3 / 256));
  expect([...decodeFeatureProjection(text)]).toEqual([1, -2.5, 0, 1 + 1 / 128, 1 + 2 / 128]);
  expect(text).toBe("gD8gwAAAgT+CPw==");
});
