import { sharp } from "../../../shared/image/sharp.ts";

export interface Change {
  name: string;
  apply(photograph: Buffer): Promise<Buffer>;
}

const jpeg = (quality: number) => ({ quality, chromaSubsampling: "4:2:0" });

const blur = (sigma: number): Change => ({
  name: `blurred by sigma ${sigma} of 256 pixels`,
  async apply(photograph) {
    const { width = 256, height = 256 } = await sharp(photograph).metadata();
    return sharp(photograph)
      .blur((sigma * Math.min(width, height)) / 256)
      .jpeg(jpeg(92))
      .toBuffer();
  },
});
const brighten = (factor: number): Change => ({
  name: `brightness times ${factor}`,
  apply: (photograph) => sharp(photograph).linear(factor, 0).jpeg(jpeg(92)).toBuffer(),
});
const crop = (share: number): Change => ({
  name: `cropped to ${share} of each side`,
  async apply(photograph) {
    const { width = 256, height = 256 } = await sharp(photograph).metadata();
    const size = { width: Math.floor(width * share), height: Math.floor(height * share) };
    const corner = {
      left: Math.floor((width - size.width) / 2),
      top: Math.floor((height - size.height) / 2),
    };
    return sharp(photograph)
      .extract({ ...corner, ...size })
      .jpeg(jpeg(92))
      .toBuffer();
  },
});
const compress = (quality: number): Change => ({
  name: `JPEG of quality ${quality}`,
  apply: (photograph) => sharp(photograph).jpeg(jpeg(quality)).toBuffer(),
});

/** What goes wrong with a good photograph, by degree; first as it is. */
export const changes: readonly Change[] = [
  { name: "as they are", apply: async (photograph) => photograph },
  ...[1, 1.5, 2, 3, 5].map(blur),
  ...[0.5, 0.3, 0.2, 0.1, 1.8, 3].map(brighten),
  ...[0.9, 0.75, 0.6].map(crop),
  ...[40, 20, 10, 5].map(compress),
];
