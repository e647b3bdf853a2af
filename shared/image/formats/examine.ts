import { examineAvif } from "./avif.ts";
import { examineBmp } from "./bmp.ts";
import type { ImageFormat } from "./file-kind.ts";
import { examineGif } from "./gif.ts";
import { examineJpeg } from "./jpeg.ts";
import type { PictureSource } from "./picture-source.ts";
import { examinePng } from "./png.ts";
import { examineTiff } from "./tiff.ts";
import { examineWebp } from "./webp.ts";

type Examine = (bytes: Uint8Array) => PictureSource;

/** What examines a file of each format. */
const examiners: Record<ImageFormat, Examine> = {
  jpeg: examineJpeg,
  png: examinePng,
  webp: examineWebp,
  tiff: examineTiff,
  bmp: examineBmp,
  gif: examineGif,
  avif: examineAvif,
};

/**
 * Examines the container of a file, before any pixel is decoded.
 *
 * @throws RequestError `invalid_image` when the file is incomplete, or stored in a way that is not read
 */
export const examine = (format: ImageFormat, bytes: Uint8Array): PictureSource => examiners[format](bytes);
