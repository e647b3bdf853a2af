import { crc32 } from "node:zlib";
import { expectSize } from "./expect-size.ts";
import { type PictureSource, readByLibvips } from "./picture-source.ts";
import { refuse, refuseDamaged } from "./refuse.ts";

/**
 * Walks all chunks of a PNG (ISO 15948, clause 5) and checks each one's checksum.
 *
 * @throws RequestError when a chunk is cut or damaged, the last one is missing, the size is none that is taken, or the picture is animated
 */
export function examinePng(bytes: Uint8Array, maximumPixels: number): PictureSource {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let pixelsFrom: number | undefined;
  let lateExif: [start: number, end: number] | undefined;
  let isAnimation = false;
  let header: PictureSource["header"];
  let position = 8;
  while (position + 12 <= bytes.length) {
    const length = view.getUint32(position);
    const name = Buffer.from(bytes.subarray(position + 4, position + 8)).toString("latin1");
    const end = position + 8 + length;
    if (!/^[A-Za-z]{4}$/.test(name)) throw refuseDamaged("PNG", `no chunk begins at byte ${position}`);
    if (end + 4 > bytes.length) throw refuseDamaged("PNG", `its chunk ${name} is cut`);
    if (crc32(bytes.subarray(position + 4, end)) !== view.getUint32(end)) {
      throw refuseDamaged("PNG", `its chunk ${name} at byte ${position} has a wrong checksum`);
    }
    if (name === "IHDR" && length >= 8) {
      expectSize(view.getUint32(position + 8), view.getUint32(position + 12), maximumPixels);
    }
    if (name === "IHDR" && length === 13) header = readPlainHeader(view, position + 8);
    // Only libvips can tell whether a profile is whole; a colour that is transparent adds a channel.
    if (name === "iCCP" || name === "tRNS") header = undefined;
    if (name === "acTL" && length >= 4 && view.getUint32(position + 8) > 1) throw refuse("an animated PNG");
    if (name === "acTL") isAnimation = true;
    // An only frame that is described before the pixels is the picture; otherwise the picture is not what viewers show.
    if (name === "fcTL" && pixelsFrom === undefined) isAnimation = false;
    if (name === "IDAT") pixelsFrom ??= position;
    if (name === "eXIf" && pixelsFrom !== undefined) lateExif = [position, end + 4];
    if (name === "IEND") {
      if (pixelsFrom === undefined) throw refuseDamaged("PNG", "it holds no pixels");
      if (isAnimation) throw refuse("an animated PNG");
      const source = readByLibvips(
        lateExif === undefined ? bytes : moveForward(bytes, lateExif, pixelsFrom),
        "error",
      );
      return header === undefined ? source : { ...source, header };
    }
    position = end + 4;
  }
  throw refuseDamaged("PNG", "it ends before its last chunk");
}

/** The header of RGB of 8 bits, as most photographs have it; undefined for every other kind. */
function readPlainHeader(view: DataView, at: number): PictureSource["header"] {
  const [bitDepth, colourType, compression, filter] = [8, 9, 10, 11].map((index) =>
    view.getUint8(at + index),
  );
  if (bitDepth !== 8 || colourType !== 2 || compression !== 0 || filter !== 0) return undefined;
  return { width: view.getUint32(at), height: view.getUint32(at + 4), mode: "RGB" };
}

/** libvips reads the orientation of a picture before its pixels alone; a PNG may have it behind them. */
const moveForward = (bytes: Uint8Array, [start, end]: [start: number, end: number], to: number): Uint8Array =>
  Buffer.concat([
    ...[bytes.subarray(0, to), bytes.subarray(start, end)],
    ...[bytes.subarray(to, start), bytes.subarray(end)],
  ]);
