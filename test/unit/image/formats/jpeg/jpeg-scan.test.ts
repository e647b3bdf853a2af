import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { compareImages, decodeFile, readReference } from "../../../../support/image-references.ts";
import { gradient, side } from "../../../../support/tiff-files.ts";

// Damage in the last rows: libvips decodes each of these files, and shows grey or wrong colours there.

const restarts = readReference("restarts.jpg");
const picture = () => sharp(gradient, { raw: { width: side, height: side, channels: 3 } });
const files: [name: string, bytes: Buffer][] = [
  ["4:2:0", await picture().jpeg({ quality: 95 }).toBuffer()],
  ["4:4:4", await picture().jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer()],
  ["grey", await picture().toColourspace("b-w").jpeg().toBuffer()],
  ["CMYK", await picture().toColourspace("cmyk").jpeg().toBuffer()],
  ["with restart markers", restarts],
  ["of a width and height that are not multiples of 8", await picture().resize(29, 19).jpeg().toBuffer()],
];
const endOfImage = Buffer.from([0xff, 0xd9]);
const pixelsOf = (bytes: Buffer) => bytes.subarray(0, bytes.lastIndexOf(endOfImage));
const refusal = (bytes: Uint8Array) => expect(decodeFile(bytes)).rejects;

describe.each(files)("a JPEG %s", (_, bytes) => {
  test("is decoded", async () => {
    const { data, width, height } = await decodeFile(bytes);
    expect(data).toHaveLength(width * height * 3);
  });

  test("that lacks one to three of its last bytes is refused", async () => {
    const pixels = pixelsOf(bytes);
    for (let missing = 1; missing <= 3; missing++) {
      const cut = pixels.subarray(0, pixels.length - missing);
      // A stuffed byte is cut as a whole, because half of it would be a marker.
      const whole = cut.at(-1) === 0xff ? cut.subarray(0, -1) : cut;
      await refusal(Buffer.concat([whole, endOfImage])).toThrow("it ends before its last pixels");
    }
  });

  test("with bytes after its last pixel is refused", async () => {
    await refusal(Buffer.concat([pixelsOf(bytes), Buffer.from([0, 0]), endOfImage])).toThrow("left over");
  });

  test("whose last codes are in none of its tables is refused", async () => {
    const pixels = pixelsOf(bytes);
    // No code consists of ones only (ITU T.81, annex C).
    const ones = Buffer.concat(Array(8).fill(Buffer.from([0xff, 0])));
    await refusal(Buffer.concat([pixels.subarray(0, -6), ones, endOfImage])).toThrow(
      /a code that means nothing|more than 64 coefficients/,
    );
  });
});

describe("restart markers", () => {
  const first = restarts.indexOf(Buffer.from([0xff, 0xd0]));
  const second = restarts.indexOf(Buffer.from([0xff, 0xd1]));

  test("out of order are refused", async () => {
    const swapped = Buffer.from(restarts);
    swapped[first + 1] = 0xd1;
    swapped[second + 1] = 0xd0;
    await refusal(swapped).toThrow("a restart marker is missing");
  });

  test("with an interval left out or repeated are refused", async () => {
    const last = restarts.lastIndexOf(Buffer.from([0xff, 0xd0 + ((lastNumber() + 8) % 8)]));
    await refusal(Buffer.concat([restarts.subarray(0, last), endOfImage])).toThrow(
      "it ends before its last pixels",
    );
    const next = Buffer.from([0xff, 0xd0 + ((lastNumber() + 1) % 8)]);
    const repeated = [pixelsOf(restarts), next, restarts.subarray(first + 2, second), endOfImage];
    await refusal(Buffer.concat(repeated)).toThrow("more intervals");
  });

  test("may stand after the last interval, as some encoders write them", async () => {
    const next = Buffer.from([0xff, 0xd0 + ((lastNumber() + 1) % 8)]);
    const trailing = Buffer.concat([pixelsOf(restarts), next, endOfImage]);
    const difference = compareImages(await decodeFile(trailing), await decodeFile(restarts));
    expect(difference.largest).toBe(0);
  });

  function lastNumber(): number {
    const scan = pixelsOf(restarts);
    const at = scan.findLastIndex((byte, i) => byte === 0xff && ((scan[i + 1] ?? 0) & 0xf8) === 0xd0);
    return (scan[at + 1] as number) - 0xd0;
  }
});
