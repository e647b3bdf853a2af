import sharp from "sharp";
import { grey, transferSyntaxes, writeDicom } from "../support/dicom-files.ts";
import { readReference } from "../support/image-references.ts";
import { gradient, gradientPage, samplesOf16Bits, side, writeTiff } from "../support/tiff-files.ts";

/** One small file of each kind that is accepted, by name; the same bytes each time. */
export async function createSeeds(): Promise<Record<string, Buffer>> {
  const textured = gradient.map((value, i) => (value + ((i * 7919) % 23)) & 255);
  const picture = () => sharp(textured, { raw: { width: side, height: side, channels: 3 } });
  const red = gradient.filter((_, i) => i % 3 === 0);
  const jpeg = await picture().jpeg({ quality: 90 }).toBuffer();
  return {
    jpeg: jpeg,
    "jpeg-progressive": await picture().jpeg({ quality: 90, progressive: true }).toBuffer(),
    "jpeg-cmyk": readReference("mode-cmyk.jpg"),
    "jpeg-exif-icc": await picture().withMetadata({ orientation: 6 }).withIccProfile("p3").jpeg().toBuffer(),
    png: await picture().png().toBuffer(),
    "png-interlaced": await picture().png({ progressive: true }).toBuffer(),
    "png-palette": await picture().png({ palette: true }).toBuffer(),
    "png-16": await picture().toColourspace("rgb16").png().toBuffer(),
    webp: await picture().webp().toBuffer(),
    "webp-lossless-alpha": await picture().ensureAlpha(0.5).webp({ lossless: true }).toBuffer(),
    gif: await picture().gif().toBuffer(),
    avif: await picture().avif({ effort: 0 }).toBuffer(),
    "avif-alpha-exif": await picture()
      .ensureAlpha(0.5)
      .withMetadata({ orientation: 6 })
      .avif({ effort: 0 })
      .toBuffer(),
    tiff: writeTiff([gradientPage()]),
    "tiff-big-endian-bigtiff": writeTiff([gradientPage()], { isBig: true, isLittleEndian: false }),
    "tiff-16": writeTiff([
      gradientPage({ 258: [16, 16, 16] }, samplesOf16Bits(Array.from(gradient, (v) => v * 257))),
    ]),
    "tiff-ycbcr": writeTiff([gradientPage({ 262: 6, 530: [1, 1] })]),
    "tiff-lzw": await picture().tiff({ compression: "lzw", predictor: "horizontal" }).toBuffer(),
    "tiff-deflate-tiles": await picture()
      .tiff({ compression: "deflate", tile: true, tileWidth: 16, tileHeight: 16 })
      .toBuffer(),
    "tiff-packbits": await picture().tiff({ compression: "packbits" }).toBuffer(),
    "tiff-jpeg": await picture().tiff({ compression: "jpeg", quality: 90 }).toBuffer(),
    "bmp-24": writeBmp(24),
    "bmp-8": writeBmp(8),
    jpeg2000: readReference("gradient.jp2"),
    "jpeg2000-codestream": readReference("gradient-tiles.j2k"),
    dicom: writeDicom(),
    "dicom-grey-implicit": writeDicom({
      transferSyntax: transferSyntaxes.implicitLittleEndian,
      pixels: red,
      elements: grey,
    }),
    "dicom-jpeg": writeDicom({
      transferSyntax: transferSyntaxes.jpegBaseline,
      pixels: jpeg,
      elements: { "00280004": ["CS", "YBR_FULL_422"] },
    }),
    "dicom-jpeg2000": writeDicom({
      transferSyntax: transferSyntaxes.jpeg2000Lossless,
      pixels: readReference("gradient.j2k"),
      elements: { "00280004": ["CS", "YBR_RCT"] },
    }),
  };
}

function writeBmp(bits: 8 | 24): Buffer {
  const header = Buffer.alloc(54);
  const palette =
    bits === 8
      ? Buffer.from(Uint32Array.from({ length: 256 }, (_, i) => i * 0x10101).buffer)
      : Buffer.alloc(0);
  header.write("BM");
  header.writeUInt32LE(54 + palette.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(side, 18);
  header.writeInt32LE(side, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  return Buffer.concat([header, palette, bits === 8 ? gradient.subarray(0, side * side) : gradient]);
}
