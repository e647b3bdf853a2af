import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { identifyImage } from "../../../../shared/image/decoding/identify-image.ts";
import { noisyJpeg } from "../../../support/image-files.ts";
import { anyUpload, compareImages, decodeFile, readReference } from "../../../support/image-references.ts";
import { gradient, side } from "../../../support/tiff-files.ts";

const whole = { data: gradient, width: side, height: side };
const picture = () => sharp(gradient, { raw: { width: side, height: side, channels: 3 } });
const distance = async (bytes: Uint8Array) => compareImages(await decodeFile(bytes), whole).largest;
const refusal = (bytes: Uint8Array) => expect(decodeFile(bytes)).rejects;

/** A BMP with a header of 40 bytes; `rows` from the bottom up, each padded to 4 bytes. */
function writeBmp(options: {
  bits: number;
  rows: Uint8Array[] | Uint8Array;
  compression?: number;
  palette?: number[][];
  masks?: number[];
  isTopDown?: boolean;
}): Buffer {
  const { bits, rows, compression = 0, palette = [], masks = [], isTopDown = false } = options;
  const header = Buffer.alloc(54);
  const extra = Buffer.concat([
    ...masks.map((mask) => Buffer.from(Uint32Array.of(mask).buffer)),
    ...palette.map(([r, g, b]) => Buffer.from([b, g, r, 0] as number[])),
  ]);
  header.write("BM");
  header.writeUInt32LE(54 + extra.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(side, 18);
  header.writeInt32LE(isTopDown ? -side : side, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(palette.length, 46);
  const pixels = rows instanceof Uint8Array ? [rows] : isTopDown ? rows : rows.toReversed();
  return Buffer.concat([header, extra, ...pixels]);
}
const rowsOf = (pixel: (x: number, y: number) => number[]): Uint8Array[] =>
  Array.from({ length: side }, (_, y) =>
    Uint8Array.from(Array.from({ length: side }, (_, x) => pixel(x, y)).flat()),
  );
const colour = (x: number, y: number) => [x * 7, y * 7, 90] as const;

describe("a BMP", () => {
  const bgr = rowsOf((x, y) => colour(x, y).toReversed());
  test("of 24 and 32 bits, from either end, gives its pixels", async () => {
    expect(await distance(writeBmp({ bits: 24, rows: bgr }))).toBe(0);
    expect(await distance(writeBmp({ bits: 24, rows: bgr, isTopDown: true }))).toBe(0);
    const bgrx = rowsOf((x, y) => [...colour(x, y).toReversed(), 77]);
    expect(await distance(writeBmp({ bits: 32, rows: bgrx }))).toBe(0);
    const rgbx = rowsOf((x, y) => [...colour(x, y), 77]);
    expect(
      await distance(writeBmp({ bits: 32, rows: rgbx, compression: 3, masks: [0xff, 0xff00, 0xff0000] })),
    ).toBe(0);
  });

  test("of 16 bits scales five and six bits to eight", async () => {
    const rows = rowsOf((x, y) => {
      const pixel = ((x & 31) << 11) | ((y * 2) << 5) | 11;
      return [pixel & 255, pixel >> 8];
    });
    const { data } = await decodeFile(
      writeBmp({ bits: 16, rows, compression: 3, masks: [0xf800, 0x7e0, 0x1f] }),
    );
    expect([...data.subarray((31 * side + 31) * 3, (31 * side + 31) * 3 + 3)]).toEqual([255, 250, 90]);
  });

  test("with a palette of 1, 4 or 8 bits, run-length encoded or not, gives its colours", async () => {
    const palette = [
      [10, 20, 30],
      [200, 100, 50],
    ];
    const isSecond = (x: number, y: number) => (x + y) % 2;
    const packed = (bits: number) => {
      const perByte = 8 / bits;
      return Array.from({ length: side }, (_, y) =>
        Uint8Array.from({ length: side / perByte }, (_, i) =>
          Array.from({ length: perByte }, (_, j) => isSecond(i * perByte + j, y)).reduce(
            (byte, index) => (byte << bits) | index,
            0,
          ),
        ),
      );
    };
    const runs = Buffer.concat([
      ...Array.from({ length: side }, (_, row) => [
        Buffer.from([0, side]),
        Uint8Array.from({ length: side }, (_, x) => isSecond(x, side - 1 - row)),
        Buffer.from([0, 0]),
      ]).flat(),
      Buffer.from([0, 1]),
    ]);
    const runs4 = Buffer.concat([
      ...Array.from({ length: side }, (_, row) =>
        Buffer.from([side, (side - 1 - row) % 2 ? 0x10 : 0x01, 0, 0]),
      ),
      Buffer.from([0, 1]),
    ]);
    for (const bmp of [
      ...[1, 4, 8].map((bits) => writeBmp({ bits, rows: packed(bits), palette })),
      writeBmp({ bits: 8, rows: runs, compression: 1, palette }),
      writeBmp({ bits: 4, rows: runs4, compression: 2, palette }),
    ]) {
      const { data } = await decodeFile(bmp);
      expect([...data.subarray(0, 6)]).toEqual([10, 20, 30, 200, 100, 50]);
      expect([...data.subarray(side * 3, side * 3 + 3)]).toEqual([200, 100, 50]);
    }
    await refusal(writeBmp({ bits: 8, rows: runs.subarray(0, -40), compression: 1, palette })).toThrow(
      "are cut",
    );
    const early = Buffer.concat([runs.subarray(0, 36 * 5), Buffer.from([0, 1])]);
    await refusal(writeBmp({ bits: 8, rows: early, compression: 1, palette })).toThrow(
      /encodes \d+ of 1024 pixels/,
    );
    await refusal(writeBmp({ bits: 8, rows: packed(8), palette: palette.slice(0, 1) })).toThrow(
      "has no colour 1",
    );
  });

  test("without its last rows, or compressed as JPEG, is refused", async () => {
    await refusal(writeBmp({ bits: 24, rows: bgr }).subarray(0, -1)).toThrow("3071 of 3072 bytes");
    await refusal(writeBmp({ bits: 24, rows: bgr, compression: 4 })).toThrow("a BMP compressed with JPEG");
    const early = writeBmp({ bits: 24, rows: bgr });
    early.writeUInt32LE(0, 10);
    await refusal(early).toThrow("its pixels begin within its header");
  });

  test("is held to the limit of pixels before anything is decoded", async () => {
    const bytes = writeBmp({ bits: 24, rows: bgr });
    await expect(identifyImage(bytes, { ...anyUpload, maxImagePixels: 1023 })).rejects.toThrow("32 x 32");
  });
});

describe("a GIF", () => {
  test("of one frame gives its colours, also that which it calls transparent", async () => {
    const gif = await picture().gif({ effort: 10 }).toBuffer();
    expect(await distance(gif)).toBeLessThan(40);
    const before = await decodeFile(gif);
    const control = Buffer.from([0x21, 0xf9, 4, 1, 0, 0, 0, 0]);
    const start = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]));
    const existing = gif.indexOf(Buffer.from([0x21, 0xf9, 4]));
    const transparent =
      existing < 0
        ? Buffer.concat([gif.subarray(0, start), control, gif.subarray(start)])
        : Buffer.from(gif.map((byte, i) => (i === existing + 3 ? byte | 1 : byte)));
    expect(compareImages(await decodeFile(transparent), before).largest).toBe(0);
  });

  test("that is cut, or whose frame is smaller than it, is refused", async () => {
    const gif = await picture().gif().toBuffer();
    for (const length of [10, 200, gif.length - 1])
      await refusal(gif.subarray(0, length)).toThrow("this GIF cannot");
    const wider = Buffer.from(gif);
    wider.writeUInt16LE(side + 1, 6);
    await refusal(wider).toThrow("a GIF whose frame does not fill it");
  });
});

describe("a JPEG", () => {
  const jpeg = () => picture().jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer();

  test("with stray bytes, trailing bytes or a scan header as Samsung writes it is whole", async () => {
    const bytes = await jpeg();
    const expected = await decodeFile(bytes);
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
    const samsung = Buffer.from(bytes);
    samsung.set([0, 0, 0], scan + 2 + bytes.readUInt16BE(scan + 2) - 3);
    const stray = Buffer.concat([bytes.subarray(0, scan), Buffer.from("stray"), bytes.subarray(scan)]);
    const trailing = Buffer.concat([bytes, Buffer.from("SEFT and a video")]);
    for (const variant of [samsung, stray, trailing]) {
      expect(compareImages(await decodeFile(variant), expected).largest).toBe(0);
    }
  });

  test.each([false, true])(
    "that is cut and closed again is refused (progressive: %s)",
    async (progressive) => {
      const bytes = await sharp(await noisyJpeg())
        .jpeg({ progressive })
        .toBuffer();
      for (const share of [0.3, 0.6, 0.9]) {
        const part = bytes.subarray(0, bytes.length * share);
        await refusal(part).toThrow("this JPEG cannot be decoded");
        await refusal(Buffer.concat([part, Buffer.from([0xff, 0xd9])])).toThrow(
          "this JPEG cannot be decoded",
        );
      }
    },
  );

  test("of a process that is not decoded is refused by name", async () => {
    const bytes = await jpeg();
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    for (const [marker, name] of [
      [0xc3, "a lossless JPEG"],
      [0xc9, "arithmetic coding"],
      [0xc5, "hierarchical"],
      [0xf7, "a JPEG-LS"],
    ] as const) {
      await refusal(Buffer.from(bytes.map((byte, i) => (i === frame + 1 ? marker : byte)))).toThrow(name);
    }
    await refusal(Buffer.from(bytes.map((byte, i) => (i === frame + 4 ? 12 : byte)))).toThrow(
      "samples of 12 bits",
    );
  });
});

describe("a PNG", () => {
  test("with a wrong checksum in any chunk, without its end, or animated is refused", async () => {
    const png = await picture().withMetadata({ density: 72 }).png().toBuffer();
    for (const chunk of ["IHDR", "pHYs", "IDAT", "IEND"]) {
      const broken = Buffer.from(png);
      const at =
        broken.indexOf(chunk) + 4 + (chunk === "IEND" ? 0 : broken.readUInt32BE(broken.indexOf(chunk) - 4));
      broken.writeUInt32BE((broken.readUInt32BE(at) ^ 1) >>> 0, at);
      await refusal(broken).toThrow(`its chunk ${chunk} at byte`);
    }
    await refusal(png.subarray(0, -12)).toThrow("it ends before its last chunk");
    const control = Buffer.from("acTL\0\0\0\x02\0\0\0\0", "latin1");
    const size = Buffer.from([0, 0, 0, 8]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(control));
    await refusal(Buffer.concat([png.subarray(0, 33), size, control, sum, png.subarray(33)])).toThrow(
      "an animated PNG",
    );
  });

  const chunkOf = (name: string, content: Uint8Array): Buffer => {
    const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(content.length, 0);
    numbers.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([numbers.subarray(0, 4), named, numbers.subarray(4)]);
  };
  const insertBefore = (png: Buffer, name: string, ...chunks: Buffer[]): Buffer => {
    const at = png.indexOf(name) - 4;
    return Buffer.concat([png.subarray(0, at), ...chunks, png.subarray(at)]);
  };

  test("of 8-bit RGB is opened once, to decode it: its own header says all; others are asked of libvips", async () => {
    const headerOf = async (bytes: Buffer) => (await identifyImage(bytes, anyUpload)).source.header;
    const png = await picture().png().toBuffer();
    expect(await headerOf(png)).toEqual({ width: side, height: side, mode: "RGB" });
    const others = [
      picture().png({ palette: true }),
      picture().ensureAlpha().png(),
      picture().withIccProfile("p3").png(),
    ];
    for (const other of others) expect(await headerOf(await other.toBuffer())).toBeUndefined();
    for (const name of ["mode-colour-16.png", "mode-greyscale-alpha.png"])
      expect(await headerOf(readReference(name))).toBeUndefined();
    const transparent = insertBefore(png, "IDAT", chunkOf("tRNS", Buffer.alloc(6)));
    expect(await headerOf(transparent)).toBeUndefined();
    expect((await identifyImage(transparent, anyUpload)).metadata.image_mode).toBe("RGBA");
  });

  test("whose only frame is not its picture is refused as animated", async () => {
    const png = await picture().png().toBuffer();
    const [control, frame] = [
      chunkOf("acTL", Buffer.from([0, 0, 0, 1, 0, 0, 0, 0])),
      chunkOf("fcTL", Buffer.alloc(26)),
    ];
    await refusal(insertBefore(insertBefore(png, "IDAT", control), "IEND", frame)).toThrow("an animated PNG");
    await refusal(insertBefore(png, "IDAT", control)).toThrow("an animated PNG");
    expect((await decodeFile(insertBefore(png, "IDAT", control, frame))).width).toBe(side);
  });

  test("is turned as its EXIF says before its pixels and behind them", async () => {
    const wide = await picture()
      .resize(side, side / 2, { fit: "fill" })
      .png()
      .toBuffer();
    const turned = await sharp(wide).withMetadata({ orientation: 6 }).png().toBuffer();
    const at = turned.indexOf("eXIf") - 4;
    const end = at + 12 + turned.readUInt32BE(at);
    const without = Buffer.concat([turned.subarray(0, at), turned.subarray(end)]);
    const late = insertBefore(without, "IEND", turned.subarray(at, end));
    const [first, last] = [await decodeFile(turned), await decodeFile(late)];
    expect([first.width, first.height]).toEqual([side / 2, side]);
    expect(last).toEqual(first);
    expect((await decodeFile(without)).width).toBe(side);
  });

  test("of 16 bits whose samples use twelve is refused", async () => {
    const values = Uint16Array.from(gradient, (value) => value * 16);
    const png = await sharp(values, { raw: { width: side, height: side, channels: 3 } })
      .toColourspace("rgb16")
      .png()
      .toBuffer();
    await refusal(png).toThrow("16-bit samples that are all 4095 or below");
  });
});

describe("a WebP and an AVIF", () => {
  test.each(["webp", "avif"] as const)(
    "%s gives its pixels, and is refused when it is cut",
    async (format) => {
      const bytes = await picture()
        .toFormat(
          format,
          format === "avif" ? { quality: 95, effort: 0, chromaSubsampling: "4:4:4" } : { lossless: true },
        )
        .toBuffer();
      expect(await distance(bytes)).toBeLessThan(format === "avif" ? 12 : 1);
      for (const share of [0.4, 0.7, 0.98]) {
        await refusal(bytes.subarray(0, bytes.length * share)).toMatchObject({
          code: "invalid_image",
          status: 400,
        });
      }
    },
  );
});
