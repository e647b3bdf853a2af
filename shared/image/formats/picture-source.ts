import type { SharpOptions } from "sharp";

/** What sharp is given to read: a file, or the pixels that a decoder outside libvips has made of one. */
export interface SharpInput {
  input: Uint8Array | Uint16Array;
  options: SharpOptions;
}

/** A file whose container has been examined, before any pixel is decoded. */
export interface PictureSource {
  /** Stored size in pixels and Pillow's name of the mode, where the container says it all and libvips need not look. */
  header?: { width: number; height: number; mode: string };
  /** Size that what is around the picture says it has, and that its own header must have too. */
  announced?: { width: number; height: number };
  /** Most pixels that the decoder has memory for, where that is less than the service allows. */
  maximumPixels?: number;
  /** Decodes what libvips cannot; for the other formats it only names the bytes. */
  open(): SharpInput | Promise<SharpInput>;
  /** Samples that libvips takes for RGB but that are luma and two chroma (ITU-R BT.601, full range). */
  isYcc?: boolean;
  /** The value of white, where 16-bit samples use a part of their range: 4095 for 12 bits. */
  maximumSample?: number;
}

/** A file that libvips reads; `failOn` says from which of its complaints on a picture counts as damaged. */
export const readByLibvips = (input: Uint8Array, failOn: "error" | "warning"): PictureSource => ({
  open: () => ({ input, options: { failOn } }),
});
