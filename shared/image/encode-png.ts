import type { RgbImage } from "./rgb-image.ts";
import { sharp } from "./sharp.ts";

/** Pixels as a PNG file without metadata; `decodeImage` gives back the same bytes. */
export async function encodePng({ data, width, height }: RgbImage): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
}
