import { createInflate } from "node:zlib";
import { refuseDamaged } from "./refuse.ts";

/** Samples of a pixel by colour type (ISO 15948, table 11.1). */
const samplesOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Where the pixels of Adam7's passes begin, and how far apart they are (ISO 15948, 8.2). */
const interlaced = [
  { left: 0, top: 0, across: 8, down: 8 },
  { left: 4, top: 0, across: 8, down: 8 },
  { left: 0, top: 4, across: 4, down: 8 },
  { left: 2, top: 0, across: 4, down: 4 },
  { left: 0, top: 2, across: 2, down: 4 },
  { left: 1, top: 0, across: 2, down: 2 },
  { left: 0, top: 1, across: 1, down: 2 },
];
const plain = [{ left: 0, top: 0, across: 1, down: 1 }];

/**
 * Decompresses the pixels of a PNG to count them. Less than a row too much, as some encoders write, is harmless.
 *
 * @param header what the chunk IHDR holds
 * @param data what the chunks IDAT hold
 * @throws RequestError when a row or more follow the last one that the header names
 */
export async function expectNoMoreRows(header: DataView, data: Uint8Array[]): Promise<void> {
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const bits = header.getUint8(8) * (samplesOf[header.getUint8(9)] ?? 0);
  const rowBytes = (pixels: number) => 1 + Math.ceil((pixels * bits) / 8);
  let left = rowBytes(width);
  for (const pass of header.getUint8(12) === 0 ? plain : interlaced) {
    const across = Math.ceil((width - pass.left) / pass.across);
    const down = Math.ceil((height - pass.top) / pass.down);
    if (across > 0 && down > 0) left += down * rowBytes(across);
  }
  const inflate = createInflate();
  inflate.end(Buffer.concat(data));
  for await (const part of inflate) {
    left -= part.length;
    if (left <= 0) {
      throw refuseDamaged("PNG", `its pixels go on behind the ${height} rows that its header names`);
    }
  }
}
