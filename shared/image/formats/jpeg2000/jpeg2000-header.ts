import { refuse, refuseDamaged } from "../refuse.ts";

/** What the main header of a codestream says (ISO 15444-1, A.5.1). */
export interface CodestreamHeader {
  width: number;
  height: number;
  components: number;
  bits: number;
}

/** OpenJPEG holds a picture several times over, 4 bytes per sample. */
export const maximumPixels = 25_000_000;

const marker = { codestream: 0xff4f, size: 0xff51, tile: 0xff90, end: 0xffd9 };

/**
 * Reads the header of a JPEG 2000, a codestream or a JP2 file, and expects all its tiles up to the end marker.
 *
 * @throws RequestError when a box or a tile is cut, or the encoding is not supported
 */
export function readJpeg2000Header(bytes: Uint8Array): CodestreamHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes[0] === 0xff ? 0 : findCodestream(view);
  if (
    start + 48 > bytes.length ||
    view.getUint16(start) !== marker.codestream ||
    view.getUint16(start + 2) !== marker.size
  ) {
    throw refuseDamaged("JPEG 2000", "its codestream has no header");
  }
  const number = (at: number) => view.getUint32(start + at);
  const [width, height] = [number(8), number(12)];
  if (width === 0 || height === 0) throw refuseDamaged("JPEG 2000", "it has no size");
  if (number(16) !== 0 || number(20) !== 0)
    throw refuse("a JPEG 2000 that does not begin at its grid's origin");
  const [tileWidth, tileHeight] = [number(24), number(28)];
  if (tileWidth === 0 || tileHeight === 0) throw refuseDamaged("JPEG 2000", "its tiles have no size");
  const components = view.getUint16(start + 40);
  const bits = expectKnownComponents(bytes.subarray(start + 42), components);
  expectWholeTiles(view, start, Math.ceil(width / tileWidth) * Math.ceil(height / tileHeight));
  const header = { width, height, components, bits };
  if (start > 0) expectSameHeader(view, start, header);
  return header;
}

/** @returns bits of each sample */
function expectKnownComponents(descriptions: Uint8Array, components: number): number {
  if (components !== 1 && components !== 3)
    throw refuse(`a JPEG 2000 of ${components} components (1 and 3 are read)`);
  const depth = descriptions[0] as number;
  if (depth & 0x80) throw refuse("a JPEG 2000 with signed samples");
  const bits = depth + 1;
  if (bits < 8 || bits > (components === 1 ? 16 : 8)) {
    throw refuse(`a JPEG 2000 with ${components === 1 ? "grey" : "colour"} samples of ${bits} bits`);
  }
  for (let i = 0; i < components; i++) {
    if (descriptions[i * 3] !== depth) throw refuse("a JPEG 2000 whose components have different depths");
    if (descriptions[i * 3 + 1] !== 1 || descriptions[i * 3 + 2] !== 1)
      throw refuse("a JPEG 2000 with subsampled colours");
  }
  return bits;
}

/** Walks the main header's segments and the tile-parts after it (A.4.2) to the end marker. */
function expectWholeTiles(view: DataView, start: number, tiles: number): void {
  const cut = () => refuseDamaged("JPEG 2000", "it ends before its last tile does");
  const seen = new Set<number>();
  let position = start + 2;
  while (position + 2 <= view.byteLength) {
    const found = view.getUint16(position);
    if (found === marker.end) break;
    if (position + 4 > view.byteLength || found < 0xff01) throw cut();
    if (found !== marker.tile) {
      position += 2 + view.getUint16(position + 2);
      continue;
    }
    if (position + 12 > view.byteLength) throw cut();
    seen.add(view.getUint16(position + 4));
    const length = view.getUint32(position + 6);
    const isLast = length === 0;
    if (!isLast && length < 14) throw cut();
    position = isLast ? view.byteLength - 2 : position + length;
  }
  if (position + 2 > view.byteLength || view.getUint16(position) !== marker.end) throw cut();
  if (seen.size !== tiles) throw refuseDamaged("JPEG 2000", `it holds ${seen.size} of ${tiles} tiles`);
}

/** Walks a JP2 file's boxes (annex I) to the one with the codestream. */
function findCodestream(view: DataView): number {
  for (let position = 0; position + 8 <= view.byteLength; ) {
    const name = view.getUint32(position + 4);
    const short = view.getUint32(position);
    const isLong = short === 1 && position + 16 <= view.byteLength;
    const header = isLong ? 16 : 8;
    const length = isLong
      ? Number(view.getBigUint64(position + 8))
      : short === 0
        ? view.byteLength - position
        : short;
    if (length < header || position + length > view.byteLength) break;
    if (name === 0x6a703268) expectKnownColours(view, position + header, position + length);
    if (name === 0x6a703263) return position + header;
    position += length;
  }
  throw refuseDamaged("JPEG 2000", "a box is cut, or none holds pixels");
}

/**
 * What the JP2 header's first box says about the picture (I.5.3.1) must match the codestream; a depth of 255 means that
 * another box gives it.
 */
function expectSameHeader(view: DataView, codestream: number, header: CodestreamHeader): void {
  const bytes = Buffer.from(view.buffer, view.byteOffset, codestream);
  const at = bytes.indexOf("ihdr") + 4;
  const isSame =
    at >= 4 &&
    at + 14 <= codestream &&
    bytes.readUInt32BE(at) === header.height &&
    bytes.readUInt32BE(at + 4) === header.width &&
    bytes.readUInt16BE(at + 8) === header.components &&
    [header.bits - 1, 255].includes(bytes[at + 10] as number) &&
    bytes[at + 11] === 7;
  if (!isSame) throw refuseDamaged("JPEG 2000", "its header and its codestream describe different pictures");
  const space = bytes.indexOf("colr") + 4;
  const isEnumerated = space >= 4 && bytes[space] === 1;
  if (isEnumerated && (bytes.readUInt32BE(space + 3) === 17) !== (header.components === 1)) {
    throw refuseDamaged("JPEG 2000", "its colour space does not fit its components");
  }
}

/** Walks the boxes of the JP2 header: colours must be sRGB, grey or sYCC, by number or by a profile of that name. */
function expectKnownColours(view: DataView, from: number, end: number): void {
  const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  for (let position = from; position + 8 <= end; ) {
    const length = view.getUint32(position);
    const name = bytes.toString("latin1", position + 4, position + 8);
    if (length < 8 || position + length > end) throw refuseDamaged("JPEG 2000", "a box of its header is cut");
    if (name === "pclr") throw refuse("a JPEG 2000 with a palette");
    if (name === "colr") {
      const method = bytes[position + 8];
      const space = method === 1 && length >= 15 ? view.getUint32(position + 11) : 0;
      const profile = bytes.toString("latin1", position + 11, position + length).replaceAll("\0", "");
      if (!(method === 1 && [16, 17, 18].includes(space)) && !profile.includes("sRGB")) {
        throw refuse("a JPEG 2000 with a colour space other than sRGB, grey and sYCC");
      }
    }
    position += length;
  }
}
