import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { identifyImage } from "../../../../../shared/image/decoding/identify-image.ts";
import {
  type DicomOptions,
  grey,
  patient,
  transferSyntaxes,
  writeDicom,
} from "../../../../support/dicom-files.ts";
import { anyUpload, compareImages, decodeFile, readReference } from "../../../../support/image-references.ts";
import { gradient, samplesOf16Bits, side } from "../../../../support/tiff-files.ts";

const whole = { data: gradient, width: side, height: side };
const distance = async (bytes: Uint8Array) => compareImages(await decodeFile(bytes), whole).largest;
const red = gradient.filter((_, i) => i % 3 === 0);
/** The red channel as grey: what a greyscale picture of `red` looks like. */
const shades = { data: gradient.map((_, i) => red[Math.floor(i / 3)] as number), width: side, height: side };
const distanceToShades = async (bytes: Uint8Array) => compareImages(await decodeFile(bytes), shades).largest;
const bits = (allocated: number, stored: number) => ({
  "00280100": allocated,
  "00280101": stored,
  "00280102": stored - 1,
});
const jpeg = (options = {}) =>
  sharp(gradient, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: 100, chromaSubsampling: "4:4:4", ...options })
    .toBuffer();
const withoutJfif = (bytes: Buffer) =>
  bytes[3] === 0xe0
    ? Buffer.concat([bytes.subarray(0, 2), bytes.subarray(4 + bytes.readUInt16BE(4))])
    : bytes;

describe("a DICOM file gives its pixels", () => {
  test.each(["explicitLittleEndian", "implicitLittleEndian", "explicitBigEndian"] as const)(
    "%s",
    async (name) => {
      const bytes = writeDicom({ transferSyntax: transferSyntaxes[name] });
      expect(await distance(bytes)).toBe(0);
      expect((await identifyImage(bytes, anyUpload)).metadata).toEqual({
        image_width: side,
        image_height: side,
        image_format: "dicom",
        image_mode: "RGB",
        image_size_bytes: bytes.length,
      });
    },
  );

  test("in planes, and as YBR_FULL and YBR_FULL_422", async () => {
    const planes = Buffer.concat([0, 1, 2].map((channel) => gradient.filter((_, i) => i % 3 === channel)));
    expect(await distance(writeDicom({ pixels: planes, elements: { "00280006": 1 } }))).toBe(0);
    const ybr = (name: string, pixel: number[]) =>
      decodeFile(
        writeDicom({
          pixels: Uint8Array.from(
            { length: (side * side * pixel.length) / (name === "YBR_FULL" ? 1 : 2) },
            (_, i) => pixel[i % pixel.length] as number,
          ),
          elements: { "00280004": ["CS", name] },
        }),
      );
    expect([...(await ybr("YBR_FULL", [76, 85, 255])).data.subarray(0, 3)]).toEqual([254, 0, 0]);
    expect([...(await ybr("YBR_FULL_422", [76, 150, 85, 255])).data.subarray(0, 6)]).toEqual([
      254, 0, 0, 255, 74, 74,
    ]);
  });

  test("as MONOCHROME1 and MONOCHROME2 of 8, 12 and 16 bits, of both byte orders", async () => {
    expect(await distanceToShades(writeDicom({ pixels: red, elements: grey }))).toBe(0);
    const inverted = { ...grey, "00280004": ["CS", "MONOCHROME1"] as [string, string] };
    expect(await distanceToShades(writeDicom({ pixels: red.map((v) => 255 - v), elements: inverted }))).toBe(
      0,
    );
    const twelve = samplesOf16Bits(Array.from(red, (v) => Math.round((v / 255) * 4095)));
    expect(
      await distanceToShades(writeDicom({ pixels: twelve, elements: { ...grey, ...bits(16, 12) } })),
    ).toBe(0);
    const sixteen = Buffer.from(samplesOf16Bits(Array.from(red, (v) => v * 257))).swap16();
    const big = { transferSyntax: transferSyntaxes.explicitBigEndian, pixelVr: "OW" as const };
    expect(
      await distanceToShades(writeDicom({ ...big, pixels: sixteen, elements: { ...grey, ...bits(16, 16) } })),
    ).toBe(0);
  });

  test("through its window, after its rescale", async () => {
    const elements = {
      ...grey,
      ...bits(16, 12),
      "00281050": ["DS", "200.5"] as [string, string],
      "00281051": ["DS", "201"] as [string, string],
      "00281052": ["DS", "100"] as [string, string],
      "00281053": ["DS", "2"] as [string, string],
    };
    // Stored 0, 50 and 100 are 100, 200 and 300: the window's ends and its middle.
    const pixels = samplesOf16Bits(
      Array.from({ length: side * side }, (_, i) => [0, 50, 100][i % 3] as number),
    );
    const { data } = await decodeFile(writeDicom({ pixels, elements }));
    expect([data[0], data[3], data[6]]).toEqual([0, 128, 255]);
  });

  test("through its window and its rescale where its pixels are a grey JPEG, too", async () => {
    const pixels = await sharp(red, { raw: { width: side, height: side, channels: 1 } })
      .toColourspace("b-w")
      .jpeg({ quality: 100 })
      .toBuffer();
    const compressed = { transferSyntax: transferSyntaxes.jpegBaseline, pixels };
    const window = {
      ...grey,
      "00281050": ["DS", "60"] as [string, string],
      "00281051": ["DS", "80"] as [string, string],
    };
    const inverted = {
      ...grey,
      "00281052": ["DS", "255"] as [string, string],
      "00281053": ["DS", "-1"] as [string, string],
    };
    for (const elements of [window, inverted]) {
      const expected = await decodeFile(writeDicom({ pixels: red, elements }));
      const decoded = await decodeFile(writeDicom({ ...compressed, elements }));
      expect(compareImages(decoded, expected).largest).toBeLessThan(8);
    }
    await expect(
      decodeFile(writeDicom({ ...compressed, pixels: await jpeg(), elements: window })),
    ).rejects.toThrow("not plain grey of 8 bits: export it uncompressed");
  });

  test("through its palette", async () => {
    const table = (values: number[]) =>
      ["OW", samplesOf16Bits(values.map((v) => v * 257))] as [string, Uint8Array];
    const descriptor = [2, 10, 16];
    const elements = {
      ...grey,
      "00280004": ["CS", "PALETTE COLOR"] as [string, string],
      "00281101": descriptor,
      "00281102": descriptor,
      "00281103": descriptor,
      "00281201": table([10, 200]),
      "00281202": table([20, 100]),
      "00281203": table([30, 50]),
    };
    const pixels = Uint8Array.from({ length: side * side }, (_, i) => 9 + (i % 3));
    const { data } = await decodeFile(writeDicom({ pixels, elements }));
    expect([...data.subarray(0, 9)]).toEqual([10, 20, 30, 10, 20, 30, 200, 100, 50]);
    await expect(
      decodeFile(writeDicom({ pixels, elements: { ...elements, "00281203": undefined } })),
    ).rejects.toThrow("a palette that is segmented or incomplete");
  });

  test("from a JPEG, whose colours are what the file says where the JPEG does not", async () => {
    const options = { transferSyntax: transferSyntaxes.jpegBaseline };
    const ycbcr = { "00280004": ["CS", "YBR_FULL_422"] as [string, string] };
    expect(await distance(writeDicom({ ...options, pixels: await jpeg(), elements: ycbcr }))).toBeLessThan(4);
    // The gradient's values stored as if they were luma and chroma: decoded as RGB they come out as they are.
    const bare = withoutJfif(await jpeg());
    const asYcc = await decodeFile(writeDicom({ ...options, pixels: bare, elements: ycbcr }));
    const asRgb = await decodeFile(writeDicom({ ...options, pixels: bare }));
    const pixel = (15 * side + 15) * 3;
    const [luma, blue] = asRgb.data.subarray(pixel, pixel + 2) as unknown as [number, number];
    expect(Math.abs(luma - (0.587 + 0.299) * 105 - 0.114 * 90)).toBeLessThan(3);
    expect(Math.abs((asYcc.data[pixel + 2] as number) - (luma + 1.772 * (blue - 128)))).toBeLessThan(3);
  });

  test("from a JPEG 2000", async () => {
    const options = { transferSyntax: transferSyntaxes.jpeg2000Lossless };
    const rct = { "00280004": ["CS", "YBR_RCT"] as [string, string] };
    expect(
      await distance(writeDicom({ ...options, pixels: readReference("gradient.j2k"), elements: rct })),
    ).toBe(0);
    const deep = { ...grey, ...bits(16, 16) };
    expect(
      await distanceToShades(
        writeDicom({ ...options, pixels: readReference("grey-16.j2k"), elements: deep }),
      ),
    ).toBe(0);
  });
});

describe("a DICOM file is refused", async () => {
  const jpeg2000 = transferSyntaxes.jpeg2000Lossless;
  const jpegFrame = {
    transferSyntax: transferSyntaxes.jpegBaseline,
    pixels: await jpeg(),
    elements: { "00280004": ["CS", "YBR_FULL_422"] as [string, string] },
  };
  test.each([
    [{ transferSyntax: transferSyntaxes.runLengths }, "compressed with run lengths (RLE)"],
    [{ transferSyntax: "1.2.840.10008.1.2.4.70" }, "compressed with lossless JPEG"],
    [{ transferSyntax: "1.2.840.10008.1.2.4.80" }, "compressed with JPEG-LS"],
    [{ transferSyntax: "1.2.840.10008.1.2.4.201" }, "compressed with High-Throughput JPEG 2000"],
    [{ transferSyntax: "1.2.840.10008.1.2.4.102" }, "compressed with video"],
    [{ transferSyntax: "1.2.840.10008.1.2.1.99" }, "compressed with Deflate"],
    [{ transferSyntax: "1.2.3" }, "compressed with an unknown encoding"],
    [{ elements: { "00280008": ["IS", "12"] as [string, string] } }, "of 12 frames"],
    [{ ...jpegFrame, moreFragments: [jpegFrame.pixels] }, "of 2 frames"],
    [{ ...jpegFrame, offsets: Buffer.alloc(8) }, "of 2 frames"],
    [{ elements: { "00280103": 1 } }, "signed samples"],
    [{ elements: bits(16, 16) }, "16 bits in samples of 16"],
    [{ elements: { ...grey, "00280102": 9 } }, "the highest 9"],
    [{ elements: { "00280004": ["CS", "HSV"] as [string, string] } }, "pixels of HSV"],
    [
      { elements: { "00280004": ["CS", patient] as [string, string] } },
      "an unknown photometric interpretation",
    ],
    [{ elements: { "00281056": ["CS", "SIGMOID"] as [string, string] } }, "window is not linear"],
    [
      { elements: { "00282000": ["OB", "Adobe RGB profile"] as [string, string] } },
      "profile other than sRGB",
    ],
    [{ elements: { "00280010": 0 } }, "how large its picture is"],
    [{ elements: { "00280004": ["SS", "RGB "] } }, "element 00280004 of its pixels is invalid"],
    [{ elements: { "00280006": ["UV", "\0\0\0\0\0\0"] } }, "its data elements are damaged"],
    [{ elements: { "00280010": [side, side] } }, "element 00280010 of its pixels is invalid"],
    [{ elements: { "00280004": ["CS", "RGB\0YBR_FULL"] } }, "an unknown photometric interpretation"],
    [{ elements: { "00280004": ["CS", "RGB\xa0"] } }, "an unknown photometric interpretation"],
    [{ elements: { "00280008": ["IS", "1x"] } }, "element 00280008 of its pixels is not a number"],
    [
      { pixels: red, elements: { ...grey, "00281050": ["DS", "20x5"], "00281051": ["DS", "9"] } },
      "element 00281050 of its pixels is not a number",
    ],
    [{ pixels: gradient.subarray(4) }, "3068 of 3072 bytes"],
    [{ transferSyntax: jpeg2000, pixels: new Uint8Array(64) }, "this JPEG 2000 cannot be decoded"],
  ] as [DicomOptions, string][])("%j", async (options, named) => {
    const refused = decodeFile(writeDicom(options));
    await expect(refused).rejects.toMatchObject({
      code: "invalid_image",
      message: expect.stringContaining(named),
    });
    await expect(refused).rejects.not.toThrow(/Secret/);
  });

  test("when an element of its pixels is there twice, and the first one is damaged", async () => {
    const bytes = writeDicom();
    const rows = bytes.indexOf(Buffer.from("28001000", "hex"));
    const damaged = Buffer.from("280010002800020000000000".slice(0, 20), "hex");
    const twice = Buffer.concat([bytes.subarray(0, rows), damaged, bytes.subarray(rows)]);
    await expect(decodeFile(twice)).rejects.toThrow("its data elements are damaged");
  });

  test("when uncompressed pixels have no length", async () => {
    const bytes = writeDicom({ transferSyntax: transferSyntaxes.implicitLittleEndian });
    bytes.writeUInt32LE(0xffffffff, bytes.indexOf(Buffer.from("e07f1000", "hex")) + 4);
    await expect(decodeFile(bytes)).rejects.toThrow("its pixels are encapsulated, or have no end");
  });

  test("when an element of its header is there twice", async () => {
    const bytes = writeDicom();
    const start = 132;
    const end = start + 8 + bytes.readUInt16LE(start + 6);
    const twice = Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
    await expect(decodeFile(twice)).rejects.toThrow("an element of its header is there twice");
  });

  test("when it is cut anywhere, and never names the patient", async () => {
    const compressed = { transferSyntax: transferSyntaxes.jpegBaseline, pixels: await jpeg() };
    for (const bytes of [writeDicom(), writeDicom(compressed)]) {
      for (let length = 132; length < bytes.length; length += 37) {
        const error = await decodeFile(bytes.subarray(0, length)).catch((reason: Error) => reason);
        expect(error).toMatchObject({ code: "invalid_image", status: 400 });
        expect(String(error)).not.toContain("Secret");
      }
    }
  });
});

describe("a JPEG 2000", () => {
  test("gives its pixels: a file, a codestream, in tiles, of 16 bits", async () => {
    for (const name of ["gradient.jp2", "gradient.j2k", "gradient-tiles.j2k"]) {
      expect(await distance(readReference(name))).toBe(0);
    }
    expect(await distanceToShades(readReference("grey-16.j2k"))).toBe(0);
  });

  test("is refused when it is cut, damaged, of four components, or larger than memory allows", async () => {
    for (const name of ["gradient.jp2", "gradient-tiles.j2k"]) {
      const bytes = readReference(name);
      for (let length = 12; length < bytes.length; length += 17) {
        await expect(decodeFile(bytes.subarray(0, length))).rejects.toMatchObject({ code: "invalid_image" });
      }
    }
    await expect(decodeFile(readReference("alpha.jp2"))).rejects.toThrow("a JPEG 2000 of 4 components");
    const large = Buffer.from(readReference("gradient.j2k"));
    large.writeUInt32BE(9000, 8);
    large.writeUInt32BE(9000, 12);
    large.writeUInt32BE(9000, 24);
    large.writeUInt32BE(9000, 28);
    await expect(identifyImage(large, anyUpload)).rejects.toThrow(
      "1 to 25000000 pixels but received 9000 x 9000",
    );
  });
});
