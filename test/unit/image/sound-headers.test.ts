import sharp from "sharp";
import { expect, test } from "vitest";
import { transferSyntaxes, writeDicom } from "../../support/dicom-files.ts";
import { decodeFile, readReference } from "../../support/image-references.ts";
import { gradient, gradientPage, side, writeTiff } from "../../support/tiff-files.ts";

// Damage in headers that libvips overlooks but Pillow, libavif or pydicom report; found with npm run fuzz -- --judge.

const picture = () => sharp(gradient, { raw: { width: side, height: side, channels: 3 } });
const jpeg = await picture().jpeg().toBuffer();
const avif = await picture().avif({ effort: 0 }).toBuffer();
const jp2 = readReference("gradient.jp2");
const tiff = writeTiff([gradientPage()]);
const dicomJpeg = writeDicom({
  transferSyntax: transferSyntaxes.jpegBaseline,
  pixels: jpeg,
  elements: { "00280004": ["CS", "YBR_FULL_422"] },
});

/** A copy with bytes overwritten behind the place where a text stands. */
function change(bytes: Buffer, name: string, offset: number, ...values: number[]): Buffer {
  const at = bytes.indexOf(name, 0, "latin1");
  if (at < 0) throw new Error(`Expected ${name} in the file`);
  const changed = Buffer.from(bytes);
  changed.set(values, at + name.length + offset);
  return changed;
}

/** The entry of a tag in a little-endian TIFF: its type is at 2, its count at 4, its value at 8. */
const entryOf = (tag: number) => Buffer.from(Uint16Array.of(tag, 3).buffer).toString("latin1");

test.each<[kind: string, whole: Buffer, damaged: Buffer]>([
  ["a JPEG with a marker that belongs among pixels", jpeg, change(jpeg, "\xff\xc4", -2, 0xff, 0x01, 0, 0)],
  [
    "a DICOM file of another size than its JPEG",
    dicomJpeg,
    change(dicomJpeg, "\x28\0\x10\0US\x02\0", 0, 64, 0),
  ],
  [
    "a DICOM file with letters behind its transfer syntax",
    dicomJpeg,
    change(dicomJpeg, "1.2.840.10008.1.2.4.5", 1, 0, 0x41),
  ],
  ["a JPEG 2000 whose header has another number of components", jp2, change(jp2, "ihdr", 9, 1)],
  ["a JPEG 2000 whose header has other bits", jp2, change(jp2, "ihdr", 10, 11)],
  ["a JPEG 2000 of colour that says it is grey", jp2, change(jp2, "colr", 6, 17)],
  ["a JPEG 2000 with a header box that is cut", jp2, change(jp2, "colr", -8, 0, 0, 1, 15)],
  ["a TIFF whose last directory is cut", tiff, tiff.subarray(0, -1)],
  ["a TIFF whose width is not a whole number", tiff, change(tiff, entryOf(256), -2, 5)],
  ["a TIFF with a tag outside of the file", tiff, change(tiff, entryOf(258), 0, 255)],
  ["an AVIF with another version of its handler", avif, change(avif, "hdlr", 0, 1)],
  ["an AVIF whose handler is of no picture", avif, change(avif, "pict", -4, 0x61)],
  ["an AVIF whose item's name does not end", avif, change(avif, "infe", 12, 0x61)],
  ["an AVIF of another version of AV1", avif, change(avif, "av1C", 0, 0x91)],
  ["an AVIF whose channels have other bits than AV1", avif, change(avif, "pixi", 6, 10)],
  ["an AVIF that says it is grey and has three channels", avif, change(avif, "av1C", 2, 0x12)],
  ["an AVIF with a property that is not there", avif, change(avif, "ipma", 11, 0x21)],
])("%s is refused", async (_, whole, damaged) => {
  await expect(decodeFile(whole)).resolves.toMatchObject({ width: side, height: side });
  await expect(decodeFile(damaged)).rejects.toMatchObject({ code: "invalid_image", status: 400 });
});

test("an AVIF with transparency, in grey, of ten bits, or with a profile is read", async () => {
  for (const kind of [
    picture().ensureAlpha(0.5),
    picture().toColourspace("b-w"),
    picture().withMetadata({ orientation: 6 }).withIccProfile("p3"),
  ]) {
    const bytes = await kind.avif({ effort: 0 }).toBuffer();
    await expect(decodeFile(bytes)).resolves.toMatchObject({ width: side, height: side });
  }
  const deep = await picture().avif({ effort: 0, bitdepth: 10 }).toBuffer();
  await expect(decodeFile(deep)).resolves.toMatchObject({ width: side });
});
