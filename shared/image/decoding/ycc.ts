/** Converts luma and chroma (ITU-R BT.601, full range, as in JFIF) to RGB, in place. */
export function convertYccToRgb(data: Uint8Array): Uint8Array {
  const clamped = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i < data.length; i += 3) {
    const [luma, blue, red] = [
      data[i] as number,
      (data[i + 1] as number) - 128,
      (data[i + 2] as number) - 128,
    ];
    clamped[i] = luma + 1.402 * red;
    clamped[i + 1] = luma - 0.344136 * blue - 0.714136 * red;
    clamped[i + 2] = luma + 1.772 * blue;
  }
  return data;
}
