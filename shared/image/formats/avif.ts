import { expectSoundMeta } from "./avif-boxes.ts";
import { type PictureSource, readByLibvips } from "./picture-source.ts";
import { refuseDamaged } from "./refuse.ts";

/** libheif holds a picture whole and several times over: 98 megapixels took 1.8 GB. */
const maximumPixels = 25_000_000;

/**
 * Walks the boxes of an AVIF (ISO 14496-12, 4.2) to its end, and those that describe its pictures.
 *
 * @throws RequestError when a box is cut, or damaged in a way that libheif overlooks
 */
export function examineAvif(bytes: Uint8Array): PictureSource {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let hasMeta = false;
  let position = 0;
  while (position < bytes.length) {
    const length = readBoxLength(view, position);
    if (length < 8 || position + length > bytes.length) {
      throw refuseDamaged("AVIF", `its box at byte ${position} is cut`);
    }
    const name = Buffer.from(bytes.buffer, bytes.byteOffset + position + 4, 4).toString("latin1");
    if (name === "meta") {
      hasMeta = true;
      expectSoundMeta(Buffer.from(bytes.buffer, bytes.byteOffset + position + 8, length - 8));
    }
    position += length;
  }
  if (!hasMeta) throw refuseDamaged("AVIF", "it does not say what pictures it holds");
  return { ...readByLibvips(bytes, "warning"), maximumPixels };
}

/** 0 means up to the end of the file, 1 that 64 bits follow the name. */
function readBoxLength(view: DataView, position: number): number {
  const rest = view.byteLength - position;
  if (rest < 8) return 0;
  const length = view.getUint32(position);
  if (length === 0) return rest;
  if (length === 1) return rest < 16 ? 0 : Number(view.getBigUint64(position + 8));
  return length;
}
