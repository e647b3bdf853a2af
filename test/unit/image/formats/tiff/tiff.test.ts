import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { identifyImage } from "../../../../../shared/image/decoding/identify-image.ts";
import { anyUpload, compareImages, decodeFile } from "../../../../support/image-references.ts";
import {
  gradient,
  gradientPage,
  samplesOf16Bits,
  side,
  type TiffPage,
  writeTiff,
} from "../../../../support/tiff-files.ts";

const whole = { data: gradient, width: side, height: side };
const distanceToGradient = async (bytes: Uint8Array) => compareImages(await decodeFile(bytes), whole).largest;

const tile = (data: Uint8Array, channels: number, left: number, top: number): Uint8Array => {
  const rows = Array.from({ length: 16 }, (_, y) => {
    const from = ((top + y) * side + left) * channels;
    return data.subarray(from, from + 16 * channels);
  });
  return Buffer.concat(rows);
};
const tiledPage = (compress = (block: Uint8Array) => block, compression = 1): TiffPage => {
  const { tags } = gradientPage();
  const { 278: _, ...others } = tags;
  const corners = [
    [0, 0],
    [16, 0],
    [0, 16],
    [16, 16],
  ] as const;
  return {
    blocks: corners.map(([left, top]) => compress(tile(gradient, 3, left, top))),
    tags: { ...others, 259: compression, 322: 16, 323: 16 },
  };
};
const deflated = (page: TiffPage): TiffPage => ({
  blocks: page.blocks.map((block) => deflateSync(block)),
  tags: { ...page.tags, 259: 8 },
});
/** The file with another type in the entry of a tag that one page has. */
const withType = (file: Buffer, tag: number, type: number): Buffer => {
  const entry = file.lastIndexOf(Buffer.from(Uint16Array.of(tag, 3).buffer));
  file.writeUInt16LE(type, entry + 2);
  return file;
};
const plane = (channel: number) => gradient.filter((_, i) => i % 3 === channel);
const ycc = (): Uint8Array => {
  const values = new Uint8Array(gradient.length);
  for (let i = 0; i < values.length; i += 3) {
    const [r, g, b] = gradient.subarray(i, i + 3) as unknown as [number, number, number];
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    values.set([luma, 128 + (b - luma) / 1.772, 128 + (r - luma) / 1.402].map(Math.round), i);
  }
  return values;
};

describe("a TIFF gives the pixels it holds", () => {
  test.each([
    ["strips", () => writeTiff([gradientPage()])],
    ["strips, big endian", () => writeTiff([gradientPage()], { isLittleEndian: false })],
    ["strips in a BigTIFF", () => writeTiff([gradientPage()], { isBig: true })],
    [
      "strips in a big endian BigTIFF",
      () => writeTiff([gradientPage()], { isBig: true, isLittleEndian: false }),
    ],
    ["strips, deflated", () => writeTiff([deflated(gradientPage())])],
    ["tiles", () => writeTiff([tiledPage()])],
    ["tiles, deflated", () => writeTiff([tiledPage((block) => deflateSync(block), 8)])],
    [
      "separate planes",
      () =>
        writeTiff([
          gradientPage(
            { 284: 2, 278: side, 273: [8, 8 + 1024, 8 + 2048], 279: [1024, 1024, 1024] },
            Buffer.concat([0, 1, 2].map(plane)),
          ),
        ]),
    ],
    [
      "16 bits",
      () =>
        writeTiff([
          gradientPage({ 258: [16, 16, 16] }, samplesOf16Bits(Array.from(gradient, (value) => value * 257))),
        ]),
    ],
    [
      "an alpha channel that no tag declares",
      () =>
        writeTiff([
          gradientPage(
            { 258: [8, 8, 8, 8], 277: 4 },
            Uint8Array.from({ length: side * side * 4 }, (_, i) =>
              i % 4 === 3 ? 9 : (gradient[Math.floor(i / 4) * 3 + (i % 4)] as number),
            ),
          ),
        ]),
    ],
    ["private tags", () => writeTiff([gradientPage({ 65000: 7, 65001: [1, 2, 3] })])],
  ])("%s", async (_, make) => {
    expect(await distanceToGradient(make())).toBe(0);
  });

  test("YCbCr that JPEG does not compress, converted", async () => {
    const bytes = writeTiff([gradientPage({ 262: 6, 530: [1, 1] }, ycc())]);
    expect((await identifyImage(bytes, anyUpload)).metadata.image_mode).toBe("YCbCr");
    expect(await distanceToGradient(bytes)).toBeLessThanOrEqual(2);
  });

  test.each([10, 12, 14])("%i bits in samples of 16, as MaxSampleValue says", async (bits) => {
    const maximum = 2 ** bits - 1;
    const values = Array.from(gradient, (value) => Math.round((value / 255) * maximum));
    const page = gradientPage(
      { 258: [16, 16, 16], 281: [maximum, maximum, maximum] },
      samplesOf16Bits(values),
    );
    expect(await distanceToGradient(writeTiff([page]))).toBeLessThanOrEqual(1);
    const grey = gradientPage(
      { 258: 16, 262: 1, 277: 1, 281: maximum },
      samplesOf16Bits(values.filter((_, i) => i % 3 === 0)),
    );
    const { data } = await decodeFile(writeTiff([grey]));
    expect([data[93], data[94], data[95]]).toEqual([217, 217, 217]);
  });

  test("the first page that is not a thumbnail, marked or not", async () => {
    const thumbnail = (tags: Record<number, number>): TiffPage => ({
      blocks: [new Uint8Array(8 * 8 * 3).fill(200)],
      tags: { ...gradientPage().tags, 256: 8, 257: 8, ...tags },
    });
    for (const mark of [{ 254: 1 }, { 255: 2 }, {}]) {
      const bytes = writeTiff([
        thumbnail(mark as Record<number, number>),
        gradientPage(),
        thumbnail({ 254: 1 }),
      ]);
      expect((await identifyImage(bytes, anyUpload)).metadata).toMatchObject({ image_width: side });
      expect(await distanceToGradient(bytes)).toBe(0);
    }
    await expect(decodeFile(writeTiff([thumbnail({ 254: 1 })]))).rejects.toThrow(
      "only reduced-resolution pages",
    );
  });

  test("what libvips wrote, with every compression it has", async () => {
    for (const compression of ["none", "lzw", "deflate", "packbits"] as const) {
      for (const options of [{}, { predictor: "horizontal" as const }, { tile: true }]) {
        const bytes = await sharp(gradient, { raw: { width: side, height: side, channels: 3 } })
          .tiff({ compression, ...options })
          .toBuffer();
        expect(await distanceToGradient(bytes)).toBe(0);
      }
    }
  });
});

describe("a TIFF is refused", () => {
  test("when a strip or a tile was cut off, compressed or not", async () => {
    for (const page of [
      gradientPage(),
      tiledPage(),
      deflated(gradientPage()),
      tiledPage((b) => deflateSync(b), 8),
    ]) {
      const { blocks } = page;
      const last = (blocks[3] as Uint8Array).subarray(0, (blocks[3] as Uint8Array).length / 2);
      const cut = writeTiff([{ ...page, blocks: [...blocks.slice(0, 3), last] }]);
      await expect(decodeFile(cut)).rejects.toMatchObject({ code: "invalid_image", status: 400 });
      const missing = writeTiff([{ ...page, blocks: blocks.slice(0, 3) }]);
      await expect(decodeFile(missing)).rejects.toThrow(/it names 3 of its 4 (?:strip|tile)s/);
    }
  });

  test("when the file ends before a strip does, which it names", async () => {
    const bytes = writeTiff([gradientPage({ 273: [8, 8 + 768, 1e6, 8 + 2304] })]);
    await expect(decodeFile(bytes)).rejects.toThrow("its strip 2 of 4 lies outside of the file");
    const sparse = writeTiff([gradientPage({ 273: [8, 0, 0, 8 + 2304], 279: [768, 0, 0, 768] })]);
    await expect(decodeFile(sparse)).rejects.toThrow("its strip 1 has 0 of 768 bytes");
  });

  test("when a compressed strip or tile cannot be undone", async () => {
    for (const page of [deflated(gradientPage()), tiledPage((b) => deflateSync(b), 8)]) {
      const broken = page.blocks.map((block, i) => (i === 3 ? Buffer.alloc(block.length, 0x5a) : block));
      await expect(decodeFile(writeTiff([{ ...page, blocks: broken }]))).rejects.toThrow(
        "this TIFF cannot be decoded",
      );
    }
  });

  test.each([
    [{ 259: 50000 }, "compressed with Zstandard"],
    [{ 259: 50001 }, "compressed with WebP"],
    [{ 259: 34925 }, "compressed with LZMA"],
    [{ 259: 6 }, "compressed with old-style JPEG"],
    [{ 259: 34712 }, "compressed with JPEG 2000"],
    [{ 259: 4242 }, "compressed with number 4242"],
    [{ 262: 6 }, "YCbCr samples subsampled 2 x 2"],
    [{ 262: 6, 530: [1, 1], 532: [16, 235, 128, 240, 128, 240] }, "another range"],
    [{ 262: 8 }, "CIELab"],
    [{ 262: 32803 }, "raw sensor data"],
    [{ 262: 5, 277: 4, 258: [16, 16, 16, 16] }, "CMYK samples of 16 bits"],
    [{ 258: [12, 12, 12] }, "samples of 12 bits"],
    [{ 258: [8, 16, 8] }, "samples of 8, 16 bits"],
    [{ 339: [2, 2, 2] }, "signed"],
    [{ 339: [4, 4, 4] }, "of an unknown kind"],
    [{ 338: 1 }, "its tag 338 does not fit its samples"],
    [{ 277: 4, 258: [8, 8, 8, 8], 338: [1, 2] }, "its tag 338 does not fit its samples"],
    [{ 277: 4, 258: [8, 8, 8, 8], 338: 5 }, "its tag 338 does not fit its samples"],
    [{ 339: [3, 3, 3], 258: [32, 32, 32] }, "floating-point samples of 32 bits"],
    [{ 317: 3, 259: 8 }, "floating-point predictor"],
    [{ 277: 7 }, "7 samples per pixel"],
    [{ 284: 2, 322: 16, 323: 16 }, "tiles in separate colour planes"],
  ])("with %j, by name, before anything is decoded", async (tags, named) => {
    await expect(identifyImage(writeTiff([gradientPage(tags)]), anyUpload)).rejects.toThrow(named);
  });

  test("when 12 bits in samples of 16 are declared nowhere, or wrongly", async () => {
    const dark = samplesOf16Bits(Array.from(gradient, (value) => value * 16));
    const undeclared = writeTiff([gradientPage({ 258: [16, 16, 16] }, dark)]);
    await expect(decodeFile(undeclared)).rejects.toThrow("16-bit samples that are all 4095 or below");
    const wrong = writeTiff([gradientPage({ 258: [16, 16, 16], 281: [1023, 1023, 1023] }, dark)]);
    await expect(decodeFile(wrong)).rejects.toThrow("says its largest is 1023");
  });

  test.each([
    ["is a fraction", { 280: [1, 1, 1] }, 5],
    ["is a fraction", { 281: [255, 255, 255] }, 5],
    ["is a floating-point number", { 281: [255, 255, 255] }, 11],
    ["is negative", { 281: [255, 255, 255] }, 8],
  ])("when a limit of its samples %s: %j, type %i", async (_, tags, type) => {
    const bytes = withType(writeTiff([gradientPage(tags)]), Number(Object.keys(tags)[0]), type);
    await expect(identifyImage(bytes, anyUpload)).rejects.toThrow(/its tag 28[01] cannot be read/);
  });

  test("when its JPEG tables, or any entry that is kept, lie partly outside of the file", async () => {
    const bytes = writeTiff([gradientPage({ 347: [1, 2, 3, 4] })]);
    const entry = bytes.lastIndexOf(Buffer.from(Uint16Array.of(347, 3).buffer));
    bytes.writeUInt32LE(bytes.length, entry + 4);
    await expect(identifyImage(bytes, anyUpload)).rejects.toThrow("its tag 347 cannot be read");
  });

  test("when the limits of its samples differ and libtiff is to decompress it", async () => {
    const limits = { 281: [255, 254, 255] };
    const compressed = writeTiff([deflated(gradientPage(limits))]);
    await expect(identifyImage(compressed, anyUpload)).rejects.toThrow("its tag 281 differs between samples");
    expect(await distanceToGradient(writeTiff([gradientPage(limits)]))).toBe(0);
  });
});
