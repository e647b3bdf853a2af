import { expect, test } from "vitest";
import { computeCrc32c, maskCrc } from "../../tensorflow/crc32c.ts";

// RFC 3720, appendix B.4, and the check value of "123456789".
test.each([
  ["32 zeros", new Uint8Array(32), 0x8a9136aa],
  ["32 ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ["0 to 31", Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
  ["31 to 0", Uint8Array.from({ length: 32 }, (_, index) => 31 - index), 0x113fdb5c],
  ["123456789", Buffer.from("123456789"), 0xe3069283],
  ["nothing", new Uint8Array(), 0],
])("CRC-32C of %s", (_, bytes, expected) => {
  expect(computeCrc32c(bytes)).toBe(expected);
});

test("takes bytes that do not begin on a word", () => {
  const padded = new Uint8Array(33);
  padded.set(new Uint8Array(32).fill(0xff), 1);
  expect(computeCrc32c(padded.subarray(1))).toBe(0x62a8ab43);
});

test("is masked as LevelDB masks it", () => {
  expect(maskCrc(0)).toBe(0xa282ead8);
  expect(maskCrc(0xe3069283)).toBe(0xc78ab0e5);
});
