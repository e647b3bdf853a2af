import { sharp } from "../../../shared/image/sharp.ts";
import { openDrawing } from "./drawing.ts";

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

const overlay = (width: number, height: number, content: string) =>
  openDrawing(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`)
    .png()
    .toBuffer();

/** On a larger canvas: `times` photographs in a row, with what a program draws around them. */
const place = (
  name: string,
  {
    background,
    share,
    times = 1,
    frame = "",
  }: { background: string; share: number; times?: number; frame?: string },
): Change => ({
  name,
  async apply(photograph) {
    const side = 512;
    const canvas = { width: side * times, height: side };
    const inner = Math.round(side * share);
    const input = await sharp(photograph).resize(inner, inner, { fit: "inside" }).toBuffer();
    const offset = Math.round((side - inner) / 2);
    const photographs = Array.from({ length: times }, (_, i) => ({
      input,
      left: i * side + offset,
      top: offset,
    }));
    return sharp({ create: { ...canvas, channels: 3, background } })
      .composite([{ input: await overlay(canvas.width, canvas.height, frame) }, ...photographs])
      .jpeg(jpeg(92))
      .toBuffer();
  },
});

const windowFrame =
  '<rect width="512" height="36" fill="#2b5797"/><rect y="36" width="60" height="476" fill="#f4f4f4"/><rect x="8" y="60" width="44" height="10" fill="#999"/>';

const writeOver: Change = {
  name: "name and date written over it",
  async apply(photograph) {
    const { width = 256, height = 256 } = await sharp(photograph).metadata();
    const size = Math.round(height / 12);
    const text = `<g fill="white" font-family="sans-serif" font-size="${size}"><text x="6" y="${size}">DOE, J. OD 2026-01-02</text><text x="${width / 4}" y="${height / 2}">OD 45°</text></g>`;
    return sharp(photograph)
      .composite([{ input: await overlay(width, height, text) }])
      .jpeg(jpeg(92))
      .toBuffer();
  },
};

/** What is done to good photographs on their way here, other than by degree. */
export const treatments: readonly Change[] = [
  {
    name: "colours inverted",
    apply: (photograph) => sharp(photograph).removeAlpha().negate().jpeg(jpeg(92)).toBuffer(),
  },
  {
    name: "green alone, in grey (red-free)",
    apply: (photograph) => sharp(photograph).removeAlpha().extractChannel(1).jpeg({ quality: 92 }).toBuffer(),
  },
  {
    name: "red and blue exchanged",
    apply: (photograph) =>
      sharp(photograph)
        .removeAlpha()
        .recomb([
          [0, 0, 1],
          [0, 1, 0],
          [1, 0, 0],
        ])
        .jpeg(jpeg(92))
        .toBuffer(),
  },
  {
    name: "upside down",
    apply: (photograph) => sharp(photograph).rotate(180).jpeg(jpeg(92)).toBuffer(),
  },
  writeOver,
  place("small on black", { background: "black", share: 0.6 }),
  place("on white paper", { background: "white", share: 0.8 }),
  place("in a program's window", { background: "#e8e8e8", share: 0.75, frame: windowFrame }),
  place("two side by side", { background: "black", share: 1, times: 2 }),
];

/** What goes wrong with a good photograph, by degree; first as it is. */
export const changes: readonly Change[] = [
  { name: "as they are", apply: async (photograph) => photograph },
  ...[1, 1.5, 2, 3, 5].map(blur),
  ...[0.5, 0.3, 0.2, 0.1, 1.8, 3].map(brighten),
  ...[0.9, 0.75, 0.6].map(crop),
  ...[40, 20, 10, 5].map(compress),
];
