/**
 * CMYK to RGB without a colour profile, as Pillow's `convert("RGB")` does it: each channel is (255 - ink) x
 * (255 - black) / 255, rounded the way Pillow's MULDIV255 rounds.
 *
 * @param data interleaved C, M, Y, K, 0 meaning no ink
 */
export function convertCmykToRgb(data: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    const light = 255 - (data[from + 3] as number);
    for (let channel = 0; channel < 3; channel++) {
      rgb[to + channel] = Math.max(0, light - multiplyBytes(data[from + channel] as number, light));
    }
  }
  return rgb;
}

/** a x b / 255, rounded, in integers. */
function multiplyBytes(a: number, b: number): number {
  const product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}
