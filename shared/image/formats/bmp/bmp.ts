import type { PictureSource } from "../picture-source.ts";
import { refuse, refuseDamaged } from "../refuse.ts";
import { readRunLengths } from "./bmp-run-lengths.ts";

const compression = { rgb: 0, rle8: 1, rle4: 2, bitFields: 3, alphaBitFields: 6 };
const unknownCompressions: Record<number, string> = {
  4: "JPEG",
  5: "PNG",
  11: "CMYK",
  12: "CMYK",
  13: "CMYK",
};

interface BmpHeader {
  width: number;
  height: number;
  isTopDown: boolean;
  bits: number;
  compression: number;
  /** Byte of the file at which the pixels begin. */
  offset: number;
  /** Red, green and blue of each palette entry, one after the other; empty without a palette. */
  palette: Uint8Array;
  /** Bits of red, green and blue in a pixel of 16 or 32 bits. */
  masks: [number, number, number];
}

/**
 * Examines a Windows or OS/2 bitmap: 1, 4, 8, 16, 24 or 32 bits per pixel, run-length encoded or not.
 *
 * @throws RequestError when rows are missing, or the encoding is not supported
 */
export function examineBmp(bytes: Uint8Array): PictureSource {
  const header = parseHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const { width, height, bits } = header;
  const isRunLength = header.compression === compression.rle8 || header.compression === compression.rle4;
  const needed = isRunLength ? 2 : rowBytes(header) * height;
  if (header.offset < firstOffset) throw refuseDamaged("BMP", "its pixels begin within its header");
  if (header.offset + needed > bytes.length) {
    throw refuseDamaged(
      "BMP",
      `it has ${Math.max(0, bytes.length - header.offset)} of ${needed} bytes of pixels`,
    );
  }
  return {
    header: { width, height, mode: bits === 1 ? "1" : bits <= 8 ? "P" : "RGB" },
    open: () => ({
      input: bits <= 8 ? paint(header, readIndices(bytes, header)) : readColours(bytes, header),
      options: { raw: { width, height, channels: 3 } },
    }),
  };
}

/** The pixels cannot begin before this: the file's header has 14 bytes, the smallest bitmap header 12. */
const firstOffset = 14 + 12;
const rowBytes = ({ width, bits }: BmpHeader): number => Math.ceil((width * bits) / 32) * 4;

function parseHeader(view: DataView): BmpHeader {
  if (view.byteLength < 30) throw refuseDamaged("BMP", "its header is cut");
  const size = view.getUint32(14, true);
  if (14 + size > view.byteLength) throw refuseDamaged("BMP", "its header is cut");
  const isOs2 = size === 12;
  const width = isOs2 ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = isOs2 ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isOs2 ? 24 : 28, true);
  const kind = isOs2 ? compression.rgb : view.getUint32(30, true);
  if (width < 1 || signedHeight === 0) throw refuseDamaged("BMP", "it has no size");
  expectKnown(kind, bits, signedHeight < 0);
  const hasMasks = kind === compression.bitFields || kind === compression.alphaBitFields;
  const masksAt = 14 + 40;
  const standard: [number, number, number] = bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];
  if (hasMasks && masksAt + 12 > view.byteLength) throw refuseDamaged("BMP", "its header is cut");
  return {
    width,
    height: Math.abs(signedHeight),
    isTopDown: signedHeight < 0,
    bits,
    compression: kind,
    offset: view.getUint32(10, true),
    palette: bits <= 8 ? parsePalette(view, size, bits) : new Uint8Array(),
    masks: hasMasks
      ? [view.getUint32(masksAt, true), view.getUint32(masksAt + 4, true), view.getUint32(masksAt + 8, true)]
      : standard,
  };
}

function expectKnown(kind: number, bits: number, isTopDown: boolean): void {
  const bitsOf: Record<number, number[]> = {
    [compression.rgb]: [1, 4, 8, 16, 24, 32],
    [compression.rle8]: [8],
    [compression.rle4]: [4],
    [compression.bitFields]: [16, 32],
    [compression.alphaBitFields]: [16, 32],
  };
  if (bitsOf[kind] === undefined) {
    throw refuse(
      `a BMP compressed with ${unknownCompressions[kind] ?? `number ${kind}`}, which cannot be decoded here`,
    );
  }
  if (!bitsOf[kind].includes(bits)) throw refuse(`a BMP of ${bits} bits per pixel in compression ${kind}`);
  if (isTopDown && (kind === compression.rle8 || kind === compression.rle4)) {
    throw refuse("a BMP that is run-length encoded from its top row");
  }
}

/** Entries are blue, green, red and, except in OS/2's, one byte more. */
function parsePalette(view: DataView, headerSize: number, bits: number): Uint8Array {
  const isOs2 = headerSize === 12;
  const named = isOs2 || headerSize < 40 ? 0 : view.getUint32(14 + 32, true);
  const entryBytes = isOs2 ? 3 : 4;
  if (named > 2 ** bits) throw refuseDamaged("BMP", `its palette has ${named} colours for ${bits} bits`);
  const start = 14 + headerSize;
  const room = Math.floor((view.getUint32(10, true) - start) / entryBytes);
  const count = Math.min(named === 0 ? 2 ** bits : named, 2 ** bits, Math.max(0, room));
  if (start + count * entryBytes > view.byteLength) throw refuseDamaged("BMP", "its palette is cut");
  return Uint8Array.from({ length: count * 3 }, (_, i) =>
    view.getUint8(start + Math.floor(i / 3) * entryBytes + 2 - (i % 3)),
  );
}

/** One palette index per pixel, top row first. */
function readIndices(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { width, height, bits, offset } = header;
  if (header.compression !== compression.rgb)
    return readRunLengths(bytes.subarray(offset), { width, height, bits });
  const indices = new Uint8Array(width * height);
  const perByte = 8 / bits;
  for (let y = 0; y < height; y++) {
    const row = offset + storedRow(header, y) * rowBytes(header);
    for (let x = 0; x < width; x++) {
      const shift = 8 - bits - (x % perByte) * bits;
      indices[y * width + x] = ((bytes[row + Math.floor(x / perByte)] as number) >> shift) & (2 ** bits - 1);
    }
  }
  return indices;
}

const storedRow = ({ isTopDown, height }: BmpHeader, y: number): number => (isTopDown ? y : height - 1 - y);

function paint({ palette }: BmpHeader, indices: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(indices.length * 3);
  for (let i = 0; i < indices.length; i++) {
    const entry = (indices[i] as number) * 3;
    if (entry >= palette.length) throw refuseDamaged("BMP", `its palette has no colour ${indices[i]}`);
    for (let channel = 0; channel < 3; channel++) rgb[i * 3 + channel] = palette[entry + channel] as number;
  }
  return rgb;
}

function readColours(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const { width, height, bits, masks } = header;
  const pixelBytes = bits / 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const channels = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, maximum: mask === 0 ? 1 : mask >>> shift };
  });
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    let from = header.offset + storedRow(header, y) * rowBytes(header);
    for (let x = 0; x < width; x++, from += pixelBytes, to += 3) {
      if (bits === 24) {
        rgb[to] = bytes[from + 2] as number;
        rgb[to + 1] = bytes[from + 1] as number;
        rgb[to + 2] = bytes[from] as number;
        continue;
      }
      const pixel = bits === 16 ? view.getUint16(from, true) : view.getUint32(from, true);
      channels.forEach(({ mask, shift, maximum }, channel) => {
        rgb[to + channel] = Math.floor((((pixel & mask) >>> shift) * 255) / maximum);
      });
    }
  }
  return rgb;
}
