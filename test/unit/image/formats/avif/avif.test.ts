import sharp from "sharp";
import { expect, test } from "vitest";
import {
  type AvifItem,
  auxC,
  av1C,
  box,
  codedPictureOf,
  ispe,
  nclx,
  pixi,
  writeAvif,
} from "../../../../support/avif-files.ts";
import { decodeFile } from "../../../../support/image-references.ts";

// Damage and contradictions that libavif refuses and libheif decodes.

const side = 64;
const picture = (grey: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: { r: grey, g: 120, b: 60 } } });
const encode = async (grey: number) =>
  codedPictureOf(await picture(grey).avif({ effort: 0, chromaSubsampling: "4:2:0" }).toBuffer());
const coded = await encode(200);
/** Grey of 200, written by libavif, because sharp cannot. */
const greyCoded = Buffer.from("EgAKCRgVf/2mAhoNQDIRFMZlAgnlAADCEWj3lQRgAvA=", "base64");
const configuration = av1C(0x0c);
const whole: AvifItem = { data: coded, properties: [configuration, ispe(side), pixi(8, 8, 8), nclx(6)] };
const alpha = (...properties: Buffer[]): AvifItem => ({
  data: greyCoded,
  properties: [av1C(0x1c), ispe(side), auxC("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"), ...properties],
});
const withProperties = (...properties: Buffer[]) =>
  writeAvif([{ data: coded, properties: [configuration, ispe(side), ...properties] }]);
const withData = (data: Buffer) => writeAvif([{ ...whole, data }]);
const withItem = (item: Partial<AvifItem>) => writeAvif([{ ...whole, ...item }]);

/** A copy of the sequence header's bits with some changed: at 0 the profile. */
function changeHeader(at: number, bits: string): Buffer {
  const changed = Buffer.from(coded);
  const start = (2 + 2) * 8; // behind a temporal delimiter of 2 bytes, and this unit's own type and length
  [...bits].forEach((bit, i) => {
    const position = start + at + i;
    const mask = 0x80 >> (position % 8);
    const byte = changed[position >> 3] as number;
    changed[position >> 3] = bit === "1" ? byte | mask : byte & ~mask;
  });
  return changed;
}

const grid = (...bytes: number[]): AvifItem => ({
  type: "grid",
  data: Buffer.from([0, 0, ...bytes]),
  properties: [ispe(side * 2, side), pixi(8, 8, 8)],
});
const tiles = [whole, { ...whole, data: await encode(40) }];
const gridOf = (item: AvifItem, to = [2, 3]) =>
  writeAvif([item, ...tiles], { references: [["dimg", 1, ...to]] });

test("a picture, with transparency, EXIF or a rotation beside it, and one made of two tiles are read", async () => {
  const exif = { type: "Exif", data: Buffer.from("\0\0\0\0II*\0\x08\0\0\0\0\0", "latin1"), properties: [] };
  const turned = { ...whole, properties: [...whole.properties, box("irot", [1])], essential: ["irot"] };
  for (const file of [
    writeAvif([whole]),
    writeAvif([{ data: coded, properties: [configuration, ispe(side)] }]),
    writeAvif([whole, alpha()], { references: [["auxl", 2, 1]] }),
    writeAvif([whole, exif], { references: [["cdsc", 2, 1]] }),
    writeAvif([turned]),
    writeAvif(
      [whole, { ...exif, data: Buffer.concat([Buffer.from("\0\0\0\x06Exif\0\0"), exif.data.subarray(4)]) }],
      {
        references: [["cdsc", 2, 1]],
      },
    ),
    withProperties(nclx(1, false)),
    withProperties(box("pixi", [0, 0, 0, 1, 3, 8, 8, 8, 2, 2, 2])),
    withItem({ properties: [av1C(0), ispe(side)] }),
  ]) {
    await expect(decodeFile(file)).resolves.toMatchObject({ width: side, height: side });
  }
  const { data, width } = await decodeFile(gridOf(grid(0, 1, 0, side * 2, 0, side)));
  expect(width).toBe(side * 2);
  expect(Math.abs((data[0] as number) - 200)).toBeLessThan(4);
  expect(Math.abs((data[(side * 2 - 1) * 3] as number) - 40)).toBeLessThan(4);
});

test.each<[kind: string, file: Buffer]>([
  ["an empty box meta", Buffer.concat([box("ftyp", Buffer.from("avif\0\0\0\0avif")), box("meta")])],
  ["two boxes meta", Buffer.concat([writeAvif([whole]), box("meta", [0, 0, 0, 0])])],
  ["a primary picture that is not there", writeAvif([whole], { primary: 2 })],
  ["a primary picture that is a thumbnail", writeAvif([whole, whole], { references: [["thmb", 1, 2]] })],
  ["a primary picture of an unknown kind", withItem({ type: "hvc1" })],
  ["no configuration", withItem({ properties: [ispe(side)] })],
  ["no size", withItem({ properties: [configuration] })],
  ["another size than AV1's", withItem({ properties: [configuration, ispe(side, side + 1)] })],
  ["a configuration of grey for colour", withItem({ properties: [av1C(0x1c), ispe(side)] })],
  ["channels of other bits", withProperties(pixi(10, 10, 10))],
  ["no channels", withProperties(pixi())],
  ["colours described twice", withProperties(nclx(6), nclx(1))],
  [
    "reserved bits in its colours",
    withProperties(box("colr", Buffer.from("nclx"), [0, 1, 0, 1, 0, 1, 0x81])),
  ],
  ["an empty profile", withProperties(box("colr", Buffer.from("prof")))],
  ["a cut description of its colours", withProperties(box("colr", Buffer.from("nclx"), [0, 1]))],
  [
    "reserved bits in its rotation",
    withItem({ properties: [...whole.properties, box("irot", [4])], essential: ["irot"] }),
  ],
  ["a rotation that may be ignored", withProperties(box("irot", [1]))],
  [
    "an unknown essential property",
    withItem({ properties: [...whole.properties, box("abcd")], essential: ["abcd"] }),
  ],
  ["no sequence header", withData(coded.subarray(0, 2))],
  ["two sequence headers", withData(Buffer.concat([coded, coded]))],
  ["an AV1 unit that is cut", withData(coded.subarray(0, -1))],
  [
    "a forbidden bit in an AV1 unit",
    withData(Buffer.concat([Buffer.from([(coded[0] as number) | 0x80]), coded.subarray(1)])),
  ],
  ["an unknown profile", withData(changeHeader(0, "011"))],
  ["a reduced header of no still picture", withData(changeHeader(3, "01"))],
  ["a sequence header of another size", withData(changeHeader(18, "0"))],
  [
    "transparency of other bits",
    writeAvif([whole, { ...alpha(), properties: [av1C(0x5c), ...alpha().properties.slice(1)] }], {
      references: [["auxl", 2, 1]],
    }),
  ],
  [
    "EXIF behind other bytes",
    writeAvif(
      [
        whole,
        {
          type: "Exif",
          data: Buffer.from("\0\0\0\x06Ex\x7ff\0\0II*\0\x08\0\0\0\0\0", "latin1"),
          properties: [],
        },
      ],
      {
        references: [["cdsc", 2, 1]],
      },
    ),
  ],
  [
    "EXIF with a wrong distance to its header",
    writeAvif(
      [whole, { type: "Exif", data: Buffer.from("\0\0\0\x01II*\0\x08\0\0\0\0\0", "latin1"), properties: [] }],
      { references: [["cdsc", 2, 1]] },
    ),
  ],
  ["a grid that lacks a tile", gridOf(grid(0, 1, 0, side * 2, 0, side), [2])],
  ["a grid of one tile twice", gridOf(grid(0, 1, 0, side * 2, 0, side), [2, 2])],
  ["a grid of another size than it says", gridOf(grid(0, 1, 0, side * 2 - 2, 0, side))],
  ["a grid that is cut", gridOf(grid(0, 1, 0, side * 2, 0))],
])("an AVIF with %s is refused", async (_, file) => {
  await expect(decodeFile(file)).rejects.toMatchObject({ code: "invalid_image", status: 400 });
});

test.each([3, 10, 11, 13, 14, 15, 255])("matrix coefficients %i are refused by name", async (matrix) => {
  await expect(decodeFile(withProperties(nclx(matrix)))).rejects.toThrow(`matrix coefficients ${matrix},`);
});

test.each<[kind: string, file: Buffer]>([
  ["matrix coefficients 0, full range", withProperties(nclx(0))],
  ["matrix coefficients 8, limited range", withProperties(nclx(8, false))],
  [
    "matrix coefficients 6, limited range",
    writeAvif([{ data: greyCoded, properties: [av1C(0x1c), ispe(side), nclx(6, false)] }]),
  ],
  [
    "premultiplied transparency",
    writeAvif([whole, alpha()], {
      references: [
        ["auxl", 2, 1],
        ["prem", 1, 2],
      ],
    }),
  ],
  ["an AVIF sequence", writeAvif([whole], { brands: ["avif", "avis"] })],
  ["of several layers", withProperties(box("a1lx", Buffer.alloc(7)))],
  ["cropped", withProperties(box("clap", Buffer.alloc(32)))],
])("%s is refused by name", async (name, file) => {
  await expect(decodeFile(file)).rejects.toThrow(name);
});
