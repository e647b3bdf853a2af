import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { samplePhotograph } from "../start/packaged-model.ts";

/** How photographs are changed so that they drift, by the name given to --drift. */
export const drifts = {
  black: (photograph: Buffer) => sharp(photograph).linear(0.02, 0),
  dark: (photograph: Buffer) => sharp(photograph).linear(0.45, 0),
  blur: (photograph: Buffer) => sharp(photograph).blur(12),
  colour: (photograph: Buffer) =>
    sharp(photograph).recomb([
      [0.6, 0, 0],
      [0, 1, 0],
      [0.3, 0, 1.4],
    ]),
  frame: (photograph: Buffer) =>
    sharp(photograph).extend({ top: 120, bottom: 120, left: 120, right: 120, background: "black" }),
  same: (photograph: Buffer) => sharp(photograph),
} as const;
export type DriftName = keyof typeof drifts;

const sideLength = 640;

/**
 * Makes photographs from the files of a folder, or, if there are none, from the model's sample, each turned and lit
 * differently.
 *
 * @returns `count` JPEG files
 */
export async function makePhotographs(folder: string | undefined, count: number): Promise<Buffer[]> {
  const files = folder !== undefined && existsSync(folder) ? await listPictures(folder) : [];
  const sources =
    files.length > 0 ? spread(files, count) : Array.from({ length: count }, () => samplePhotograph);
  return Promise.all(sources.map(async (file, at) => vary(await readFile(file), at, files.length === 0)));
}

/** Re-encodes a photograph; the sample is also turned and lit differently, so that no two files are the same. */
async function vary(photograph: Buffer, at: number, isSample: boolean): Promise<Buffer> {
  const picture = sharp(photograph).resize(sideLength, sideLength, { fit: "cover" });
  if (!isSample) return picture.jpeg({ quality: 92 }).toBuffer();
  const turn = ((at * 137) % 360) - 180;
  const light = 0.85 + ((at * 71) % 31) / 100;
  return picture
    .rotate(turn, { background: "black" })
    .resize(sideLength, sideLength, { fit: "cover" })
    .modulate({ brightness: light, saturation: 0.9 + ((at * 53) % 21) / 100 })
    .jpeg({ quality: 92 })
    .toBuffer();
}

export async function injectDrift(photographs: readonly Buffer[], name: DriftName): Promise<Buffer[]> {
  const changed = name === "same" ? photographs.map(() => photographs[0] as Buffer) : photographs;
  return Promise.all(changed.map((photograph) => drifts[name](photograph).jpeg({ quality: 92 }).toBuffer()));
}

async function listPictures(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(jpe?g|png)$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Picks `count` files from all over the list, so that every class is among them. */
const spread = (files: readonly string[], count: number): string[] =>
  Array.from({ length: count }, (_, at) => files[(at * 7919) % files.length] as string);
