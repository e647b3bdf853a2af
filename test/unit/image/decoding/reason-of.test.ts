import { expect, it } from "vitest";
import { reasonOf } from "../../../../shared/image/decoding/reason-of.ts";

it.each([
  ["its wrapping", "Input buffer has corrupt header: pngload_buffer: bad", "pngload_buffer: bad"],
  ["a wrapping that wraps nothing", "Input buffer has corrupt header: ", "unknown reason"],
  ["a warning's wrapping", "Warning treated as error due to failOn setting: truncated", "truncated"],
  ["the reader's name", "VipsJpeg: premature end of JPEG image", "premature end of JPEG image"],
  [
    "the lines about tiles",
    "tiff2vips: read error on strip 3\nerror in tile 0 x 12",
    "read error on strip 3",
  ],
  ["empty lines and spaces", "\n   heif: Invalid input  \n", "Invalid input"],
])("a decoder's reason goes without %s", (_, message, reason) => {
  expect(reasonOf(new Error(message))).toBe(reason);
});

it("of several lines the last that names a failure is the reason, not a warning after it", () => {
  const message =
    "webp: unexpected chunk\nVipsJpeg: Corrupt JPEG data: 7 extraneous bytes\nVipsJpeg: using defaults";
  expect(reasonOf(new Error(message))).toBe("Corrupt JPEG data: 7 extraneous bytes");
});

it("where no line names one, the last is; where there is none, it is unknown", () => {
  expect(reasonOf(new Error("one thing\nanother thing"))).toBe("another thing");
  expect(reasonOf(new Error(" \n"))).toBe("unknown reason");
  expect(reasonOf("no error at all")).toBe("no error at all");
});
