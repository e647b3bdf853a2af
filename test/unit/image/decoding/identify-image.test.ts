import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { identifyImage } from "../../../../shared/image/decoding/identify-image.ts";
import {
  animatedGif,
  animatedWebp,
  foreignFiles,
  noisyJpeg,
  plainJpeg,
  pngBomb,
  tiffOfPages,
  turnedJpeg,
} from "../../../support/image-files.ts";
import { anyUpload, readReference, references } from "../../../support/image-references.ts";

const identify = async (bytes: Uint8Array, limits = anyUpload) =>
  (await identifyImage(bytes, limits)).metadata;

describe("identifyImage", () => {
  test("says what a plain JPEG is", async () => {
    const bytes = await plainJpeg();
    expect(await identify(bytes)).toEqual({
      image_width: 256,
      image_height: 256,
      image_format: "jpeg",
      image_mode: "RGB",
      image_size_bytes: bytes.length,
    });
  });

  test.each(Object.entries(references.modes))(
    "names the mode of %s as Pillow does: %s",
    async (name, mode) => {
      expect((await identify(readReference(`mode-${name}`))).image_mode).toBe(mode);
    },
  );

  test.each([
    ["colour", true, (picture: Sharp) => picture],
    ["grey", true, (picture: Sharp) => picture.toColourspace("b-w")],
    ["progressive", true, (picture: Sharp) => picture.jpeg({ progressive: true })],
    ["CMYK", false, (picture: Sharp) => picture.toColourspace("cmyk")],
    ["with a profile", false, (picture: Sharp) => picture.withIccProfile("p3")],
  ])("opens a JPEG a second time only where its frame does not say all: %s", async (_, isEnough, make) => {
    const plain = sharp({ create: { width: 9, height: 7, channels: 3, background: "#a05030" } }).jpeg();
    const bytes = await make(plain).toBuffer();
    const { source, metadata } = await identifyImage(bytes, anyUpload);
    expect(source.header !== undefined).toBe(isEnough);
    expect(metadata).toMatchObject({ image_width: 9, image_height: 7 });
  });

  test("names 16-bit greyscale as Pillow does", async () => {
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#777777" } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    expect((await identify(bytes)).image_mode).toBe("I;16");
  });

  test("gives the stored size of a turned photograph", async () => {
    expect(await identify(await turnedJpeg(6))).toMatchObject({ image_width: 32, image_height: 64 });
  });

  test("goes by the bytes inside a larger buffer", async () => {
    const bytes = await plainJpeg(40, 30);
    const buffer = Buffer.concat([Buffer.alloc(100), bytes]);
    expect(await identify(buffer.subarray(100))).toMatchObject({ image_width: 40, image_height: 30 });
  });

  test("takes a TIFF of several pages for its first", async () => {
    expect(await identify(tiffOfPages(3))).toMatchObject({
      image_format: "tiff",
      image_width: 8,
      image_mode: "L",
    });
  });

  test("accepts one pixel", async () => {
    expect(await identify(await plainJpeg(1, 1))).toMatchObject({ image_width: 1, image_height: 1 });
  });
});

describe("identifyImage refuses", () => {
  test.each(Object.entries(foreignFiles()))("%s, by name", async (name, bytes) => {
    await expect(identify(bytes)).rejects.toMatchObject({
      code: "invalid_image",
      status: 400,
      message: `Expected a JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, JPEG 2000 or DICOM photograph but received ${name}`,
    });
  });

  test.each(["jpeg", "png", "webp", "tiff", "gif"] as const)(
    "a %s that was re-encoded as text, as base64 text and as a data URL, by name",
    async (format) => {
      const bytes = await sharp(await noisyJpeg(64, 48))
        .toFormat(format)
        .toBuffer();
      const name = format === "webp" ? "WebP" : format.toUpperCase();
      for (const encoding of ["latin1", "utf8"] as const) {
        const reEncoded = Buffer.from(bytes.toString(encoding), "utf8");
        await expect(identify(reEncoded)).rejects.toThrow(
          `received a ${name} whose bytes were re-encoded as text on the way`,
        );
      }
      const base64 = bytes.toString("base64");
      for (const text of [base64, `"${base64}"`, base64.replace(/.{76}/g, "$&\r\n")]) {
        await expect(identify(Buffer.from(text))).rejects.toThrow(`received a ${name} as base64 text`);
      }
      const hexadecimal = bytes.toString("hex");
      for (const text of [hexadecimal, `\\x${hexadecimal}`, hexadecimal.replace(/../g, "$& ")]) {
        await expect(identify(Buffer.from(text))).rejects.toThrow(`received a ${name} as hexadecimal text`);
      }
      const url = Buffer.from(`data:image/${format};base64,${base64}`);
      await expect(identify(url)).rejects.toThrow(`received a data URL (image/${format})`);
    },
  );

  test("an AVIF or HEIC as base64 text", async () => {
    const text = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1").toString("base64");
    await expect(identify(Buffer.from(text))).rejects.toThrow("received an AVIF or HEIC as base64 text");
  });

  test("an empty file", async () => {
    await expect(identify(new Uint8Array())).rejects.toThrow("received an empty file");
  });

  test("an animated GIF and an animated WebP", async () => {
    await expect(identify(await animatedGif())).rejects.toThrow("received an animated GIF");
    await expect(identify(await animatedWebp())).rejects.toThrow("received an animated WebP");
  });

  test("a picture of 40,000 x 40,000 pixels from its header, while memory stays flat", async () => {
    const bomb = pngBomb();
    const before = process.memoryUsage().rss;
    await expect(identify(bomb)).rejects.toMatchObject({
      code: "invalid_image",
      message: "Expected a photograph of 1 to 100000000 pixels but received 40000 x 40000",
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  test("a PNG without a pixel, and one of more than PNG has, by their size", async () => {
    for (const [width, height] of [
      [0, 600],
      [600, 0],
      [4_294_967_295, 2],
    ] as const) {
      await expect(identify(pngBomb(width, height))).rejects.toThrow(
        `Expected a photograph of 1 to 100000000 pixels but received ${width} x ${height}`,
      );
    }
  });

  test.each([
    [65_535, 65_535],
    [0, 600],
  ])("a JPEG of %i x %i pixels by its size, whatever its pixels are", async (width, height) => {
    const bytes = await plainJpeg();
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(height, frame + 5);
    bytes.writeUInt16BE(width, frame + 7);
    await expect(identify(bytes)).rejects.toThrow(
      `Expected a photograph of 1 to 100000000 pixels but received ${width} x ${height}`,
    );
  });

  test("one pixel more than allowed, and not one less", async () => {
    const bytes = await plainJpeg(20, 10);
    await expect(identify(bytes, { ...anyUpload, maxImagePixels: 199 })).rejects.toThrow("20 x 10");
    await expect(identify(bytes, { ...anyUpload, maxImagePixels: 200 })).resolves.toBeDefined();
  });

  test("a TIFF of endless pages before libtiff has to count them", async () => {
    await expect(identify(tiffOfPages(80_000))).rejects.toThrow("received a TIFF of more than 100 pages");
    const circular = tiffOfPages(2);
    circular.writeUInt32LE(72, circular.length - 4);
    await expect(identify(circular)).rejects.toThrow("received a TIFF of more than 100 pages");
  });

  test("samples of 32 bits", async () => {
    await expect(identify(readReference("float.tif"))).rejects.toThrow(
      "received a TIFF with floating-point samples of 32 bits",
    );
  });

  test.each([3, 20, 200])("a JPEG of which only %i bytes came", async (length) => {
    const bytes = (await noisyJpeg()).subarray(0, length);
    await expect(identify(bytes)).rejects.toMatchObject({ code: "invalid_image", status: 400 });
  });

  test("files of random bytes behind each accepted signature, without ending the process", async () => {
    const signatures = ["\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "II*\0\x08\0\0\0", "RIFF\x24\0\0\0WEBPVP8X"];
    for (const signature of signatures) {
      for (let seed = 1; seed <= 25; seed++) {
        const noise = Uint8Array.from({ length: 400 }, (_, i) => (i * i * seed + 31 * seed) % 251);
        const bytes = Buffer.concat([Buffer.from(signature, "latin1"), noise]);
        await expect(identify(bytes)).rejects.toMatchObject({ code: "invalid_image" });
      }
    }
  });
});
