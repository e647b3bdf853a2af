/**
 * How many pixels a frame's LZW data holds (GIF89a, appendix F), or undefined at a code that means nothing: decoders
 * show what came before it and leave the rest blank.
 *
 * @param codeBytes the data of all sub-blocks
 * @param codeSize bits per pixel, as the byte before the sub-blocks says
 */
export function countGifPixels(codeBytes: Uint8Array, codeSize: number): number | undefined {
  const clear = 1 << codeSize;
  const end = clear + 1;
  const lengths = new Uint16Array(4096);
  lengths.fill(1, 0, clear);
  let [width, next, previous, pixels] = [codeSize + 1, end + 1, -1, 0];
  let [buffer, bits] = [0, 0];
  for (const byte of codeBytes) {
    buffer |= byte << bits;
    bits += 8;
    while (bits >= width) {
      const code = buffer & ((1 << width) - 1);
      buffer >>>= width;
      bits -= width;
      if (code === end) return pixels;
      if (code === clear) {
        [width, next, previous] = [codeSize + 1, end + 1, -1];
        continue;
      }
      if (code > next || (code === next && previous < 0) || (previous < 0 && code > end)) return undefined;
      if (previous >= 0 && next < 4096) {
        lengths[next++] = (lengths[previous] as number) + 1;
        if (next === 1 << width && width < 12) width++;
      }
      pixels += lengths[code] as number;
      previous = code;
    }
  }
  return pixels;
}
