import { type PictureSource, readByLibvips } from "../picture-source.ts";
import { refuse, refuseDamaged } from "../refuse.ts";
import { type Box, damagedBox, expectBox, openBox } from "./avif-boxes.ts";
import { readItems } from "./avif-items.ts";
import { checkPictures } from "./avif-pictures.ts";

/** libheif holds a whole picture several times over: 98 megapixels took 1.8 GB. */
const maximumPixels = 25_000_000;

/**
 * Walks the boxes of an AVIF (ISO 14496-12, 4.2) to its end. Those that describe its pictures are checked against each
 * other and against AV1's own header, as strictly as in libavif, which browsers use: libvips reads AVIF through
 * libheif, which overlooks damage there.
 *
 * @throws RequestError when a box is cut, or damaged in a way that libheif overlooks
 */
export function examineAvif(bytes: Uint8Array): PictureSource {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes = splitFile(file);
  checkBrands(expectBox(boxes, "ftyp"));
  checkPictures(readItems(expectBox(boxes, "meta"), file));
  return { ...readByLibvips(bytes, "warning"), maximumPixels };
}

function splitFile(file: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let position = 0; position < file.length; ) {
    const { length, headerLength } = readBoxLength(file, position);
    if (length < headerLength || position + length > file.length) {
      throw refuseDamaged("AVIF", `its box at byte ${position} is cut`);
    }
    const name = file.toString("latin1", position + 4, position + 8);
    boxes.push({ name, bytes: file.subarray(position + headerLength, position + length) });
    position += length;
  }
  return boxes;
}

/** A length of 0 means up to the end of the file; 1 means that a 64-bit length follows the name. */
function readBoxLength(file: Buffer, position: number): { length: number; headerLength: number } {
  const rest = file.length - position;
  if (rest < 8) return { length: 0, headerLength: 8 };
  const length = file.readUInt32BE(position);
  if (length === 0) return { length: rest, headerLength: 8 };
  if (length !== 1) return { length, headerLength: 8 };
  return { length: rest < 16 ? 0 : Number(file.readBigUInt64BE(position + 8)), headerLength: 16 };
}

/** The major brand, its version, and the brands that the file is compatible with. */
function checkBrands(box: Box): void {
  const reader = openBox(box);
  const brands = [reader.readText(4)];
  reader.read(32);
  while (!reader.isAtEnd) brands.push(reader.readText(4));
  if (brands.includes("avis")) throw refuse("an AVIF sequence");
  if (!brands.includes("avif")) throw damagedBox("ftyp");
}
