import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { decodeImage } from "../../../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../../../shared/image/decoding/identify-image.ts";
import type { RgbImage } from "../../../../shared/image/rgb-image.ts";
import { noisyJpeg, plainJpeg, turnedJpeg } from "../../../support/image-files.ts";
import {
  anyUpload,
  compareImages,
  decodeFile,
  readReference,
  references,
} from "../../../support/image-references.ts";

const pixelAt = ({ data, width }: RgbImage, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

describe("decodeImage", () => {
  test.each(Object.keys(references.modes))("gives Pillow's RGB values for %s", async (name) => {
    const decoded = await decodeFile(readReference(`mode-${name}`));
    const expected = await decodeFile(readReference(`mode-${name}.converted.png`));
    expect(compareImages(decoded, expected)).toEqual({ largest: 0, share: 0 });
  });

  const side = 64;
  const shade = (i: number) => (i * 40_503) % 65_536;
  const pictureOf = (
    channels: 1 | 2 | 3 | 4,
    space: string,
    sampleOf: (i: number, channel: number) => number,
  ) => {
    const samples = Uint16Array.from({ length: side * side * channels }, (_, i) =>
      sampleOf(Math.floor(i / channels), i % channels),
    );
    return sharp(samples, { raw: { width: side, height: side, channels } }).toColourspace(space);
  };
  const decodeReduced = async (bytes: Uint8Array) =>
    decodeImage(await identifyImage(bytes, anyUpload), side / 4);

  test.each([
    ["colour of 8 bits", 3, "srgb"],
    ["colour of 16 bits", 3, "rgb16"],
    ["grey of 8 bits", 1, "b-w"],
    ["grey of 16 bits", 1, "grey16"],
  ] as const)("reduces %s as if nothing were transparent", async (_, colours, space) => {
    const opaque = await pictureOf(colours, space, (i, channel) => shade(3 * i + channel))
      .png()
      .toBuffer();
    const channels = colours === 3 ? 4 : 2;
    const transparent = await pictureOf(channels, space, (i, channel) =>
      channel === colours ? shade(i) & ~0x7fff : shade(3 * i + channel),
    )
      .png()
      .toBuffer();
    expect((await identifyImage(transparent, anyUpload)).samples.hasAlpha).toBe(true);
    expect(await decodeReduced(transparent)).toEqual(await decodeReduced(opaque));
  });

  test("refuses 12 bits in samples of 16 whose highlights are brighter when it is reduced", async () => {
    const edges = await pictureOf(3, "rgb16", (i) => (i % side < side / 2 ? 4095 : 0))
      .png()
      .toBuffer();
    await expect(decodeReduced(edges)).rejects.toThrow("16-bit samples that are all 4095 or below");
    const dark = await pictureOf(3, "rgb16", (i) => (i % side < side / 2 ? 5_000 : 0))
      .png()
      .toBuffer();
    expect((await decodeReduced(dark)).width).toBe(side / 4);
  });

  test("takes the high byte of 16-bit greyscale", async () => {
    const bytes = await sharp(
      Uint16Array.from({ length: 256 }, (_, i) => i * 257),
      {
        raw: { width: 16, height: 16, channels: 1 },
      },
    )
      .toColourspace("grey16")
      .png()
      .toBuffer();
    expect((await identifyImage(bytes, anyUpload)).metadata).toMatchObject({ image_mode: "I;16" });
    const image = await decodeFile(bytes);
    expect(pixelAt(image, 0, 8)).toEqual([128, 128, 128]);
    expect(pixelAt(image, 15, 15)).toEqual([255, 255, 255]);
  });

  test.each([
    ["png", 8],
    ["jpeg", 8],
    ["tiff", 8],
    ["png", 16],
    ["tiff", 16],
  ] as const)(
    "turns the colours of a %s with %i bits and an embedded profile into sRGB",
    async (format, bits) => {
      const plain = sharp({ create: { width: 16, height: 16, channels: 3, background: "#c86432" } });
      const deep = bits === 16 ? plain.toColourspace("rgb16") : plain;
      const bytes = await deep.withIccProfile("p3").toFormat(format, { quality: 100 }).toBuffer();
      const stored = await sharp(bytes, { ignoreIcc: true }).raw({ depth: "uchar" }).toBuffer();
      expect(Math.abs((stored[0] as number) - 200)).toBeGreaterThan(5);
      const [red, green, blue] = pixelAt(await decodeFile(bytes), 8, 8) as [number, number, number];
      expect(Math.max(Math.abs(red - 200), Math.abs(green - 100), Math.abs(blue - 50))).toBeLessThanOrEqual(
        2,
      );
    },
  );

  test("turns 16-bit grey of another profile into sRGB's", async () => {
    const image = await decodeFile(readReference("linear-grey-16.tif"));
    // IEC 61966-2-1: half of the light is 188 out of 255.
    expect([0, 64, 128, 192, 255].map((i) => image.data[i * 3])).toEqual([0, 137, 188, 225, 255]);
  });

  test.each([1, 6])("sets a photograph of EXIF orientation %i upright", async (orientation) => {
    const image = await decodeFile(await turnedJpeg(orientation));
    expect([image.width, image.height]).toEqual([64, 32]);
    const [left, right] = [pixelAt(image, 8, 16), pixelAt(image, 56, 16)];
    expect(left[0]).toBeGreaterThan(240);
    expect(left[2]).toBeLessThan(20);
    expect(right[0]).toBeLessThan(20);
    expect(right[2]).toBeGreaterThan(240);
  });

  test("decodes one pixel", async () => {
    expect(await decodeFile(await plainJpeg(1, 1))).toMatchObject({ width: 1, height: 1 });
  });

  test("reduces a large photograph to the side asked for and leaves a smaller one alone", async () => {
    const bytes = await noisyJpeg(640, 480);
    const photograph = await identifyImage(bytes, anyUpload);
    expect(await decodeImage(photograph, 120)).toMatchObject({ width: 160, height: 120 });
    expect(await decodeImage(photograph, 481)).toMatchObject({ width: 640, height: 480 });
  });

  test("reduces CMYK and turned photographs too", async () => {
    const cmyk = readReference("mode-cmyk.jpg");
    expect(await decodeImage(await identifyImage(cmyk, anyUpload), 12)).toMatchObject({
      width: 16,
      height: 12,
    });
    const turned = await turnedJpeg(6);
    expect(await decodeImage(await identifyImage(turned, anyUpload), 16)).toMatchObject({
      width: 32,
      height: 16,
    });
  });

  test.each(["jpeg", "png", "webp", "tiff"] as const)(
    "refuses a truncated %s in words and goes on",
    async (format) => {
      const whole = await sharp(await noisyJpeg())
        .toFormat(format, format === "tiff" ? { compression: "lzw" } : {})
        .toBuffer();
      const half = whole.subarray(0, whole.length / 2);
      await expect(decodeFile(half)).rejects.toMatchObject({
        code: "invalid_image",
        status: 400,
        message: expect.stringMatching(new RegExp(`Expected|${format}`, "i")),
      });
      await expect(decodeFile(whole)).resolves.toMatchObject({ width: 640, height: 480 });
    },
  );

  test("refuses a truncated photograph while reducing it too", async () => {
    const whole = await sharp(await noisyJpeg())
      .jpeg({ progressive: true })
      .toBuffer();
    const half = Buffer.concat([whole.subarray(0, whole.length / 2), Buffer.from([0xff, 0xd9])]);
    const photograph = await identifyImage(half, anyUpload);
    await expect(decodeImage(photograph, 64)).rejects.toThrow(
      /^Expected a whole photograph but this JPEG cannot/,
    );
  });
});
