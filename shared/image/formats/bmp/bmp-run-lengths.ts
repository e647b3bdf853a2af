import { refuseDamaged } from "../refuse.ts";

interface Size {
  width: number;
  height: number;
  bits: number;
}

/**
 * Undoes BI_RLE8 and BI_RLE4: one palette index per pixel, top row first.
 *
 * @throws RequestError when a pixel lies outside the picture, or is left out and so has no colour
 */
export function readRunLengths(bytes: Uint8Array, { width, height, bits }: Size): Uint8Array {
  const indices = new Uint8Array(width * height);
  let position = 0;
  let x = 0;
  let row = 0;
  let written = 0;
  const next = (): number => {
    const byte = bytes[position++];
    if (byte === undefined) throw refuseDamaged("BMP", "its run-length encoded pixels are cut");
    return byte;
  };
  const put = (index: number) => {
    if (x >= width || row >= height) throw refuseDamaged("BMP", "it encodes pixels outside of the picture");
    indices[(height - 1 - row) * width + x++] = index;
    written++;
  };
  const half = (byte: number, i: number) => (i % 2 === 0 ? byte >> 4 : byte & 15);
  for (;;) {
    const [count, value] = [next(), next()];
    if (count > 0) for (let i = 0; i < count; i++) put(bits === 8 ? value : half(value, i));
    else if (value === 0) {
      row++;
      x = 0;
    } else if (value === 1) break;
    else if (value === 2) throw refuseDamaged("BMP", "it skips pixels, which leaves them without a colour");
    else {
      let byte = 0;
      for (let i = 0; i < value; i++) {
        if (bits === 8 || i % 2 === 0) byte = next();
        put(bits === 8 ? byte : half(byte, i));
      }
      const bytesRead = bits === 8 ? value : Math.ceil(value / 2);
      if (bytesRead % 2 === 1) next();
    }
  }
  if (written !== width * height)
    throw refuseDamaged("BMP", `it encodes ${written} of ${width * height} pixels`);
  return indices;
}
