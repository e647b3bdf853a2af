import { type PictureSource, readByLibvips } from "./picture-source.ts";
import { refuse, refuseDamaged } from "./refuse.ts";

/**
 * Walks the chunks of a WebP (RFC 9649, section 2).
 *
 * @throws RequestError when the file is shorter than it says, or animated
 */
export function examineWebp(bytes: Uint8Array): PictureSource {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 8 + (bytes.length >= 12 ? view.getUint32(4, true) : 0);
  if (end > bytes.length || end < 20) {
    throw refuseDamaged("WebP", `it says it has ${end} bytes and has ${bytes.length}`);
  }
  for (let position = 12; position + 8 <= end; ) {
    const name = Buffer.from(bytes.subarray(position, position + 4)).toString("latin1");
    const length = view.getUint32(position + 4, true);
    if (position + 8 + length > end) throw refuseDamaged("WebP", `its chunk ${JSON.stringify(name)} is cut`);
    if (name === "ANMF" || name === "ANIM") throw refuse("an animated WebP");
    position += 8 + length + (length % 2);
  }
  return readByLibvips(bytes, "warning");
}
