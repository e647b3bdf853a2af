import { type PictureSource, readByLibvips } from "../picture-source.ts";
import { refuse, refuseDamaged } from "../refuse.ts";
import { countGifPixels } from "./gif-pixels.ts";

const [extension, frame, trailer] = [0x21, 0x2c, 0x3b];
const graphicControl = 0xf9;

/**
 * Walks the blocks of a GIF (GIF89a specification). Its only frame must fill the picture. The flag that makes one
 * colour transparent is cleared, because transparency is dropped in every format.
 *
 * @throws RequestError when a block is cut, or there are several frames or a smaller one
 */
export function examineGif(bytes: Uint8Array): PictureSource {
  if (bytes.length < 14) throw refuseDamaged("GIF", "its header is cut");
  const opaque = Uint8Array.from(bytes);
  const view = new DataView(opaque.buffer);
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  let frames = 0;
  let position = 13 + tableBytes(opaque[10] as number);
  while (opaque[position] !== trailer) {
    const block = opaque[position];
    if (block === extension) {
      if (opaque[position + 1] === graphicControl && position + 3 < opaque.length) {
        opaque[position + 3] = (opaque[position + 3] as number) & 0xfe;
      }
      position = skipSubBlocks(opaque, position + 2);
    } else if (block === frame && position + 11 < opaque.length) {
      if (++frames > 1) throw refuse("an animated GIF");
      const place = [1, 3, 5, 7].map((at) => view.getUint16(position + at, true));
      if (String(place) !== String([0, 0, width, height])) throw refuse("a GIF whose frame does not fill it");
      const start = position + 10 + tableBytes(opaque[position + 9] as number);
      position = skipSubBlocks(opaque, start + 1);
      expectAllPixels(opaque.subarray(start, position), width * height);
    } else {
      throw refuseDamaged(
        "GIF",
        position < opaque.length ? `no block begins at byte ${position}` : "it has been cut",
      );
    }
  }
  if (frames === 0) throw refuseDamaged("GIF", "it holds no picture");
  return readByLibvips(opaque, "warning");
}

/** @param data the code size and the sub-blocks after it */
function expectAllPixels(data: Uint8Array, needed: number): void {
  const codeSize = data[0] as number;
  if (codeSize < 2 || codeSize > 8) throw refuseDamaged("GIF", `its codes begin with ${codeSize} bits`);
  const codes: Uint8Array[] = [];
  for (let at = 1; (data[at] as number) > 0; at += 1 + (data[at] as number)) {
    codes.push(data.subarray(at + 1, at + 1 + (data[at] as number)));
  }
  const pixels = countGifPixels(Buffer.concat(codes), codeSize);
  if (pixels === undefined) throw refuseDamaged("GIF", "its pixels are encoded with codes that mean nothing");
  if (pixels < needed) throw refuseDamaged("GIF", `it encodes ${pixels} of ${needed} pixels`);
}

/** Bytes of the colour table that a packed field announces. */
const tableBytes = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

/** The position after a chain of sub-blocks and the empty one that ends it. */
function skipSubBlocks(bytes: Uint8Array, start: number): number {
  let position = start;
  for (;;) {
    const length = bytes[position];
    if (length === undefined) throw refuseDamaged("GIF", "it has been cut");
    position += 1 + length;
    if (length === 0) return position;
  }
}
