import path from "node:path";
import sharp from "sharp";

/** A photograph as a fundus camera writes it, 2592 x 1944: the sample, enlarged, with black at its sides. */
export async function makeLargePhotograph(photograph: string, folder: string): Promise<string> {
  const file = path.join(folder, "large.jpg");
  await sharp(photograph)
    .resize({ width: 2592, height: 1944, fit: "contain", background: "black" })
    .jpeg({ quality: 92 })
    .toFile(file);
  return file;
}
