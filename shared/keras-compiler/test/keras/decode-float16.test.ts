import { expect, test } from "vitest";
import { decodeFloat16 } from "../../keras/decode-float16.ts";

test.each([
  ["zero", 0x0000, 0],
  ["one", 0x3c00, 1],
  ["minus two", 0xc000, -2],
  ["the largest", 0x7bff, 65504],
  ["the smallest normal", 0x0400, 2 ** -14],
  ["the smallest subnormal", 0x0001, 2 ** -24],
  ["a third", 0x3555, 0.333251953125],
  ["infinity", 0x7c00, Number.POSITIVE_INFINITY],
  ["not a number", 0x7e00, Number.NaN],
])("%s", (_, bits, expected) => {
  const target = new Float32Array(1);
  decodeFloat16(Uint16Array.of(bits), target);
  expect(target[0]).toBe(expected);
});
