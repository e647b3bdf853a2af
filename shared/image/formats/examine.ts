import { examineAvif } from "./avif/avif.ts";
import { examineBmp } from "./bmp/bmp.ts";
import type { ImageFormat } from "./file-kind.ts";
import { examineGif } from "./gif/gif.ts";
import { examineJpeg } from "./jpeg/jpeg.ts";
import type { PictureSource } from "./picture-source.ts";
import { examinePng } from "./png.ts";
import { examineTiff } from "./tiff/tiff.ts";
import { examineWebp } from "./webp.ts";

type Examine = (bytes: Uint8Array, maximumPixels: number) => PictureSource | Promise<PictureSource>;

/** The examiner of each format. Those that few clients need are loaded with the first such file. */
const examiners: Record<ImageFormat, Examine> = {
  jpeg: examineJpeg,
  png: examinePng,
  webp: examineWebp,
  tiff: examineTiff,
  bmp: examineBmp,
  gif: examineGif,
  avif: examineAvif,
  jpeg2000: async (bytes) => (await import("./jpeg2000/jpeg2000.ts")).examineJpeg2000(bytes),
  dicom: async (bytes, maximumPixels) =>
    (await import("./dicom/dicom.ts")).examineDicom(bytes, maximumPixels),
};

/**
 * Examines the container of a file before any pixel is decoded.
 *
 * @param maximumPixels a JPEG or PNG whose header names more, or none, is refused for its size before its data are
 *   examined; the caller checks every format
 * @throws RequestError `invalid_image` when the file is incomplete, or its encoding is not supported
 */
export const examine = async (
  format: ImageFormat,
  bytes: Uint8Array,
  maximumPixels: number,
): Promise<PictureSource> => examiners[format](bytes, maximumPixels);
