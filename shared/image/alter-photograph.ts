import type { Sharp } from "sharp";
import { sharp } from "./sharp.ts";

/** A change that a camera or other software makes but a disease does not, so that a good answer stays the same. */
type Alteration = (bytes: Buffer) => Promise<Buffer>;

/** Longest side in pixels: photographs are altered at about the size at which models see them. */
const longestSide = 1_024;

const open = (bytes: Buffer): Sharp =>
  sharp(bytes)
    .autoOrient()
    .removeAlpha()
    .toColourspace("srgb")
    .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true });

const measure = async (bytes: Buffer) => {
  const { data, info } = await open(bytes).raw().toBuffer({ resolveWithObject: true });
  return {
    picture: () => sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } }),
    ...info,
  };
};

/** A wider black frame, and a disc cut off at top and bottom, as from some cameras. */
export const frameAlterations: Record<string, Alteration> = {
  "wider frame": async (bytes) => {
    const { picture, width, height } = await measure(bytes);
    const [x, y] = [Math.round(width * 0.15), Math.round(height * 0.15)];
    return picture().extend({ left: x, right: x, top: y, bottom: y, background: "black" }).png().toBuffer();
  },
  "cut above and below": async (bytes) => {
    const { picture, width, height } = await measure(bytes);
    const top = Math.round(height * 0.07);
    return picture()
      .extract({ left: 0, top, width, height: height - 2 * top })
      .png()
      .toBuffer();
  },
};

/** Mild forms of the commonest corruptions of Hendrycks and Dietterich 2019 ("Benchmarking neural network robustness"). */
export const corruptions: Record<string, Alteration> = {
  "JPEG of quality 40": (bytes) => open(bytes).jpeg({ quality: 40 }).toBuffer(),
  "out of focus": async (bytes) => {
    const { picture, width } = await measure(bytes);
    return picture()
      .blur(Math.max(0.5, width / 400))
      .png()
      .toBuffer();
  },
  darker: (bytes) => open(bytes).linear(0.8, 0).png().toBuffer(),
  brighter: (bytes) => open(bytes).linear(1.15, 0).png().toBuffer(),
};
