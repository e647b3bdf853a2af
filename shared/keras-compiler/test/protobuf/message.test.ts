import { describe, expect, test } from "vitest";
import { bytesOf, encodeVarint, Message } from "../../protobuf/message.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("encodeVarint", () => {
  // Examples of protobuf.dev/programming-guides/encoding.
  test.each([
    [0, "00"],
    [1, "01"],
    [127, "7f"],
    [150, "9601"],
    [-2, "feffffffffffffffff01"],
    [true, "01"],
    [2n ** 63n - 1n, "ffffffffffffffff7f"],
  ])("writes %s", (value, expected) => {
    expect(hex(encodeVarint(value))).toBe(expected);
  });
});

describe("Message", () => {
  test("writes each kind of field", () => {
    expect(hex(new Message().integer(1, 150).toBytes())).toBe("089601");
    expect(hex(new Message().string(2, "testing").toBytes())).toBe("120774657374696e67");
    expect(hex(new Message().message(3, new Message().integer(1, 150)).toBytes())).toBe("1a03089601");
    expect(hex(new Message().integers(6, [3, 270, 86942]).toBytes())).toBe("3206038e029ea705");
    expect(hex(new Message().float(1, 1).toBytes())).toBe("0d0000803f");
    expect(hex(new Message().fixed32(1, 0xffffffff).toBytes())).toBe("0dffffffff");
    expect(hex(new Message().entry(7, "k", new Message().integer(1, 1)).toBytes())).toBe(
      "3a070a016b12020801",
    );
  });

  test("knows its length before lazy bytes are made", () => {
    let reads = 0;
    const lazy = {
      byteLength: 4,
      read() {
        reads++;
        return bytesOf(Float32Array.of(1));
      },
    };
    const message = new Message().message(2, new Message().bytes(1, lazy));
    expect(message.byteLength).toBe(8);
    expect(reads).toBe(0);
    expect(hex(message.toBytes())).toBe("12060a040000803f");
    expect(reads).toBe(1);
  });
});
