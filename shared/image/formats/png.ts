import { crc32 } from "node:zlib";
import { type PictureSource, readByLibvips } from "./picture-source.ts";
import { refuse, refuseDamaged } from "./refuse.ts";

/**
 * Walks all chunks of a PNG (ISO 15948, clause 5) and checks each one's checksum.
 *
 * @throws RequestError when a chunk is cut or damaged, the last one is missing, or the picture is animated
 */
export function examinePng(bytes: Uint8Array): PictureSource {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let hasPixels = false;
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
    if (name === "acTL" && length >= 4 && view.getUint32(position + 8) > 1) throw refuse("an animated PNG");
    if (name === "IDAT") hasPixels = true;
    if (name === "IEND") {
      if (!hasPixels) throw refuseDamaged("PNG", "it holds no pixels");
      return readByLibvips(bytes, "error");
    }
    position = end + 4;
  }
  throw refuseDamaged("PNG", "it ends before its last chunk");
}
