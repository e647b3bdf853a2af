import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { samplePhotograph } from "../../../scripts/start/packaged-model.ts";

export interface Photographs {
  /** 256 x 256, the size of the disc's crop: nobody has to reduce it, so everyone does the same work. */
  small: string;
  /** 512 x 512, as many public data sets have them. */
  medium: string;
  /** 1411 x 1411. */
  sample: string;
  /** As a fundus camera writes it, 2592 x 1944: the sample, enlarged, with black at its sides. */
  large: string;
}

/** The sample in four sizes. @param folder for what is made of it */
export async function makePhotographs(folder: string): Promise<Photographs> {
  // Bytes, not the file's name: the service's own modules, loaded beside this, let sharp open no file.
  const original = await readFile(samplePhotograph);
  const make = async (name: string, width: number, height: number) => {
    const file = path.join(folder, name);
    await sharp(original)
      .resize({ width, height, fit: "contain", background: "black" })
      .jpeg({ quality: 92 })
      .toFile(file);
    return file;
  };
  return {
    small: await make("small.jpg", 256, 256),
    medium: await make("medium.jpg", 512, 512),
    sample: samplePhotograph,
    large: await make("large.jpg", 2592, 1944),
  };
}
