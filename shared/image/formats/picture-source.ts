import type { SharpOptions } from "sharp";

/** What sharp is given to read: a file, or the pixels that a decoder outside libvips has made of one. */
export interface SharpInput {
  input: Uint8Array | Uint16Array;
  options: SharpOptions;
}

/** A file whose container has been examined, before any pixel is decoded. */
export interface PictureSource {
  /** Stored size in pixels and Pillow's name of the mode, where the container says both and libvips need not look. */
  header?: { width: number; height: number; mode: string };
  /** Size that the file around the picture declares; the picture's own header must match it. */
  announced?: { width: number; height: number };
  /** Most pixels that the decoder has memory for, where that is less than the service allows. */
  maximumPixels?: number;
  /** Decodes what libvips cannot. For the other formats it only hands on the bytes. */
  open(): SharpInput | Promise<SharpInput>;
  /** Whether samples that libvips takes for RGB are luma and two chroma (ITU-R BT.601, full range). */
  isYcc?: boolean;
  /** The value of white, where 16-bit samples use only part of their range: 4095 for 12 bits. */
  maximumSample?: number;
}

/** A file that libvips reads; `failOn` is the least serious complaint at which a picture counts as damaged. */
export const readByLibvips = (input: Uint8Array, failOn: "error" | "warning"): PictureSource => ({
  open: () => ({ input, options: { failOn } }),
});
